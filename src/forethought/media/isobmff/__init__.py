"""Boxes of the ISO base media file format, of which films, sound and stills in MP4, QuickTime and HEIF are made."""
