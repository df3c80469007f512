"""The room for contacts: what to do when a client or somebody else gets in touch online, and what to say.

`contacts.advise` answers a situation; the answers themselves are data, one file a situation in `situations/`.
"""
