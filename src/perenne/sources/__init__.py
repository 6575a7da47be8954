"""One folder per data source: notice, assertions and transformation."""
