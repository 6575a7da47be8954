"""Reads a published atlas into domain values."""
