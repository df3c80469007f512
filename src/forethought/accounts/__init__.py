"""Accounts: the register, privacy check-ups, passwords, what to search for, and what to do after a hack."""
