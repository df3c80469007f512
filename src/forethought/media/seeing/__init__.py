"""What is to be seen in a picture, which no cleaning takes out: words, faces, papers, screens; and covering them."""
