"""Matroska and WebM: elements, tracks, and what they give away."""
