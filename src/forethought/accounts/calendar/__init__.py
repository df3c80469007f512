"""When reviews fall due, what changed in law and settings, and the yearly record of care."""
