"""Rules on respect, and the Python that one of them needs."""
