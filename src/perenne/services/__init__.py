"""Use cases: the only door to what is below for the command line and the web."""
