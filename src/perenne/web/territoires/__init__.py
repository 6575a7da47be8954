"""The page of a territory and its note."""
