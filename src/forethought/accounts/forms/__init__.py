"""This room's forms."""
