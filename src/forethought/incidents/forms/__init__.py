"""This room's forms, one module for each part of it."""
