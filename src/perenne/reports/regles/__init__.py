"""A rule and its answer for a reader: text, JSON, reference page."""
