"""Why each verdict: one row a reason, with its source and its date; and the lists that name a structure."""

from __future__ import annotations

from typing import Any

import ibis
import pyarrow as pa

from perenne.pipeline.assemblage.contexte import Contexte
from perenne.pipeline.assemblage.entreprises.selection import REGISTRES_ESS


def assembler(contexte: Contexte) -> None:
    """Create `atl_entreprise_raison` and `atl_entreprise_registre`."""
    masse = contexte.masse
    notices = sorted(contexte.notices.items())
    masse.deposer(
        "millesime_source",
        pa.table({"source": [i for i, _ in notices], "millesime": [n.millesime for _, n in notices]}),
    )
    brutes = ibis.union(*_de_sirene(contexte), _des_listes(contexte), _du_rna(contexte))
    sources = masse.table("millesime_source")
    datees = brutes.left_join(sources, "source").select(
        "id", "raison", "sens", brutes.source, "fin",
        valeur=brutes.valeur.fill_null(""), date=brutes.date.coalesce(sources.millesime),
    )  # fmt: skip
    masse.materialiser("atl_entreprise_raison", datees.distinct())
    masse.materialiser("atl_entreprise_registre", _listes(contexte))


def _sens(oui: Any, non: Any) -> Any:
    return ibis.cases((oui, "pour"), (non, "contre"), else_="neutre")


def _de_sirene(contexte: Contexte) -> tuple[Any, Any]:
    """The legal form and the flag."""
    decidees, unites = contexte.masse.table("entreprise_decidee"), contexte.masse.table("unite")
    lues = decidees.join(unites.select("siren", "source", "maj"), "siren")
    communs = {"source": lues.source, "date": lues.maj.left(10), "fin": ibis.null("string")}
    formes = lues.select(
        lues.id,
        raison=ibis.literal("forme"),
        valeur=lues.forme,
        sens=_sens(lues.forme_ess == "de_droit", lues.forme_ess == "non"),
        **communs,
    )
    mentions = lues.select(
        lues.id,
        raison=ibis.literal("mention"),
        valeur=lues.mention,
        sens=_sens(lues.mention == "O", lues.mention == "N"),
        **communs,
    )
    return formes.filter(formes.valeur.notnull()), mentions.filter(mentions.valeur.isin(("O", "N")))


def _des_listes(contexte: Contexte) -> Any:
    """The lists that count for the verdict; an agreement that is not in force says nothing."""
    decidees, registres = contexte.masse.table("entreprise_decidee"), contexte.masse.table("registre_situe")
    jour = contexte.jour.isoformat()
    comptes = registres.filter(registres.registre.isin(REGISTRES_ESS))
    lues = decidees.select("id", "siren").join(comptes, "siren")
    hors_date = (lues.fin < jour).fill_null(False) | (lues.date > jour).fill_null(False)
    return lues.select(
        lues.id,
        raison=lues.registre,
        valeur=lues.categorie,
        sens=hors_date.ifelse("neutre", "pour"),
        source=lues.source,
        date=lues.date,
        fin=lues.fin,
    )


def _du_rna(contexte: Contexte) -> Any:
    decidees, assos = contexte.masse.table("entreprise_decidee"), contexte.masse.table("asso")
    liees = decidees.filter(decidees.rna_lie).select("id", "rna")
    lues = liees.join(assos.select("rna", "source", "maj"), "rna")
    return lues.select(
        lues.id,
        raison=ibis.literal("rna"),
        valeur=lues.rna,
        sens=ibis.literal("pour"),
        source=lues.source,
        date=lues.maj.left(10),
        fin=ibis.null("string"),
    )


def _listes(contexte: Contexte) -> Any:
    """Every row of every list; a unit that asked not to be shown has there neither name nor point."""
    decidees, registres = contexte.masse.table("entreprise_decidee"), contexte.masse.table("registre_situe")
    connues = decidees.select("id", "siren", "diffusible")
    lues = registres.left_join(connues, "siren").select(
        registres, id=connues.id, montrable=connues.diffusible.fill_null(1) == 1
    )

    def visible(nom: str, genre: str) -> Any:
        return lues.montrable.ifelse(lues[nom], ibis.null(genre))

    return lues.select(
        "id", "registre", "categorie", "reference", "siret", "siren", "commune", "departement", "date", "fin",
        "source", nom=visible("nom", "string"), nom_usage=visible("nom_usage", "string"),
        lon=visible("lon", "float64"), lat=visible("lat", "float64"),
    )  # fmt: skip
