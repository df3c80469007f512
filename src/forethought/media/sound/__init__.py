"""Tags and chunks that sound carries in several formats."""
