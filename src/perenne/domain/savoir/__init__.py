"""The values of the knowledge base: what `knowledge/` holds once read and checked."""
