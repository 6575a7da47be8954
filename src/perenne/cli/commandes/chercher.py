"""`perenne chercher`: the enterprises of the atlas, by name and by what they are."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import typer

from perenne.cli.dates import lire_date


class Format(StrEnum):
    """The forms of a list of enterprises."""

    texte = "texte"
    json = "json"
    csv = "csv"
    xlsx = "xlsx"
    geojson = "geojson"


def ajouter(app: typer.Typer) -> None:
    """Add the command `chercher`."""

    @app.command("chercher")
    def chercher(
        mots: list[str] | None = typer.Argument(
            None,
            metavar="[MOTS]",
            help="Mots du nom, ou un SIREN, un SIRET, un numéro RNA. Facultatifs avec un filtre.",
        ),
        *,
        dans: str = typer.Option(
            "",
            "--dans",
            metavar="TERRITOIRE",
            help="Territoire, comme pour « perenne territoire » : code, nom, region:75, ou plusieurs joints "
            "par +. Le siège ou un établissement actif y est.",
        ),
        activite: list[str] = typer.Option(
            [], "--activite", metavar="ID", help="Activité (ressourceries) ; peut être répétée."
        ),
        besoin: list[str] = typer.Option(
            [], "--besoin", metavar="ID", help="Besoin auquel l'activité répond (B04) ; peut être répété."
        ),
        zonage: list[str] = typer.Option(
            [], "--zonage", metavar="ID", help="Zonage où elle est (frr, qpv-2024) ; peut être répété."
        ),
        verdict: list[str] = typer.Option(
            [],
            "--verdict",
            metavar="V",
            help="oui, probable, inconnu, non ou tous ; par défaut tout sauf non.",
        ),
        etat: list[str] = typer.Option(
            [],
            "--etat",
            metavar="E",
            help="active, inconnu, fermee, dissoute ou toutes ; par défaut ni fermées ni dissoutes.",
        ),
        employeur: str = typer.Option("", "--employeur", metavar="R", help="oui, non ou inconnu."),
        agrement: list[str] = typer.Option(
            [],
            "--agrement",
            metavar="A",
            help="esus, siae (siae:ACI), ess-france, data-inclusion ou tiers-lieux ; peut être répété.",
        ),
        forme: list[str] = typer.Option(
            [],
            "--forme",
            metavar="F",
            help="Forme juridique : famille (association, cooperative…) ou code (92, 9220).",
        ),
        au: str = typer.Option(
            "", "--au", metavar="AAAA-MM-JJ", help="Date à laquelle lire les zonages (aujourd'hui)."
        ),
        limite: int | None = typer.Option(
            None,
            "--limite",
            min=1,
            metavar="N",
            help="Nombre d'entreprises au plus : 20 à l'écran, toutes dans un fichier.",
        ),
        format_: Format | None = typer.Option(
            None, "--format", help="Format (texte, ou celui que dit le nom du fichier)."
        ),
        sortie: Path | None = typer.Option(
            None, "-o", "--sortie", metavar="FICHIER", help="Fichier à écrire, au lieu de l'écran."
        ),
    ) -> None:
        """Cherche des entreprises de l'ESS par leur nom, leur territoire, leur activité, leur statut.

        Les accents, les fautes de frappe et les sigles (amap, R.E.C.U.P.) sont compris ; l'adresse n'est pas
        cherchée. Ce qui répond sans être montré est toujours compté.
        """
        from perenne.services.annuaire.ecriture import ecrire_entreprises
        from perenne.services.annuaire.filtres import Filtres
        from perenne.services.reglages import lire_reglages

        filtres = Filtres(
            mots=" ".join(mots or ()),
            dans=dans,
            activites=tuple(activite),
            besoins=tuple(besoin),
            zonages=tuple(zonage),
            verdicts=tuple(verdict),
            etats=tuple(etat),
            employeur=employeur,
            agrements=tuple(agrement),
            formes=tuple(forme),
            au=lire_date(au),
        )
        ecrire_entreprises(
            filtres,
            reglages=lire_reglages(),
            format_demande=format_.value if format_ else None,
            sortie=sortie,
            limite=limite,
            ecrire=lambda morceau: typer.echo(morceau, nl=False),
        )
        if sortie is not None:
            typer.echo(f"Entreprises écrites : {sortie}")
