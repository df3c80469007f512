"""Makers of real files in which every hidden field holds a canary, one module a format."""
