"""The room for what is already out there: archives read in, every post reviewed, and details that combine found."""
