"""The room for the digital policy: a short interview in, a policy that clients can read out, with its versions.

The topics, their questions and every sentence that a choice puts into the policy are data, one file a topic.
"""
