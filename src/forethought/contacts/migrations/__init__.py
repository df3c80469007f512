"""The history of what this room keeps."""
