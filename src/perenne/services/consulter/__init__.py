"""What screens and the API read of the knowledge base and of the atlas, already in words."""
