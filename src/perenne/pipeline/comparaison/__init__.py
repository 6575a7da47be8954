"""Compares two published versions of the atlas."""
