"""What to do about online abuse, or about a matter of one's own: answers in, steps, routes and support out.

`triage.triage` answers; what it says is data, in the TOML files beside it. Nothing here says that a crime was done.
"""
