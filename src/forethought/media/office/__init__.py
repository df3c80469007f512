"""What office files and electronic books are made of: texts, sheets, slides, drawings and how they hang together."""
