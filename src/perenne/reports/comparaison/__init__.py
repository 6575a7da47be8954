"""Writes the comparison of two versions of the atlas."""
