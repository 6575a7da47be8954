"""Treasury use cases: read a plan (YAML, XLSX), run it, compare levers, search, write the answer."""
