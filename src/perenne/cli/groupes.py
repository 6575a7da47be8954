"""Groups of commands that several modules fill."""

from __future__ import annotations

import typer


def groupe_existant(app: typer.Typer, nom: str) -> typer.Typer:
    """The group of that name, added by a module that comes earlier in alphabetical order.

    Raises:
        LookupError: no module has added it.
    """
    for groupe in app.registered_groups:
        if groupe.name == nom and groupe.typer_instance is not None:
            return groupe.typer_instance
    raise LookupError(nom)
