"""The public API, version 1: the JSON twins of the pages."""
