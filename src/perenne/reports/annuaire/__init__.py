"""The enterprises that a search has found: text, tables, map."""
