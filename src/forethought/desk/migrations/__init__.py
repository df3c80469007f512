"""The history of what the desk keeps, so that an older vault can be read by a newer Forethought."""
