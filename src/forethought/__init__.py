"""Forethought checks a draft post against a therapist's professional guidance, on the person's own machine."""

__version__ = "0.1.0"
