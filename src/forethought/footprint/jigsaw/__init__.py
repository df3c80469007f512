"""Details that combine: how many people a set of them leaves, and which of them did it."""
