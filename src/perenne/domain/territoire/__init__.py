"""The diagnosis of a territory: what it is, its zonings, how it compares, which needs that documents."""
