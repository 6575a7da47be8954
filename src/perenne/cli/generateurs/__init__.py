"""One module per family of generated files, gathered by `perenne.cli.generer`."""
