"""Organisations, their members, who may do what, and the journal."""
