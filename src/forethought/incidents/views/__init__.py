"""This room's pages, one module for each part of it."""
