"""Passwords: exports of managers read in memory and weighed, a look-up of breaches, and a passphrase maker."""
