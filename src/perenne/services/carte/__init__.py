"""The enterprises of a territory on a map, with the same list as a table."""
