"""Shows one item of the knowledge base, whatever its kind."""
