"""Incidents: evidence of what happened online, what to do about it, and packs that others can check.

`ledger` is the chain that shows tampering, `triage` says what to do, and `packs` hands evidence over.
"""
