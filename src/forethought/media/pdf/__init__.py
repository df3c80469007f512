"""What PDFs are made of, and what of it is seen."""
