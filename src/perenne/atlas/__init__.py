"""Reads a published atlas (SQLite, read-only) into the objects of the domain."""
