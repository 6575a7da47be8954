"""One module a command or a group of commands; each has `ajouter(app)` and is found by its presence here."""
