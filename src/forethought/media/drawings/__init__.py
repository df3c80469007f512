"""SVG drawings: how they are read, their vocabulary and styles, what is hidden, and a second look."""
