"""What files give away, and clean copies of them that are checked before they are offered."""
