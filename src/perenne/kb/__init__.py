"""Reads `knowledge/` strictly and returns the values of `perenne.domain`."""
