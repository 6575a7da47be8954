"""Finding an enterprise by its name: words, sets of ranks, spelling mistakes."""
