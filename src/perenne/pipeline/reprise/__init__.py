"""Taking up an interrupted build: what is kept of it, what it was made from, what is told of it."""
