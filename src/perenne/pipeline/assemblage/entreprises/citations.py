"""What the lists say of each operator: one row a mention, with its words and the services offered."""

from __future__ import annotations

from typing import Any

import ibis

from perenne.pipeline.assemblage.contexte import Contexte
from perenne.pipeline.assemblage.entreprises.sources import reunir

CITATION = (
    "registre", "categorie", "reference", "nom", "nom_usage", "texte", "services", "source", "date",
)  # fmt: skip
"""What the kernel reads of a mention."""

TEXTE_MAX = 2_000
"""Characters of a presentation that are read: what is done stands at its beginning."""

TYPES_UTILES = "accompagnement|atelier|formation|aide-materielle|accueil|autonomie|numerique"
"""A service of none of these types (money, information) says nothing of what the structure does."""


def preparer(contexte: Contexte) -> None:
    """Create `service_utile`, and tell how many services are those of nobody."""
    masse = contexte.masse
    services = reunir(contexte, "service")
    utiles = services.filter(
        services.types.isnull() | ~services.types.re_search("[a-z]") | services.types.re_search(TYPES_UTILES)
    )
    masse.materialiser("service_utile", utiles)
    seuls = masse.table("service_utile").anti_join(masse.table("registre_situe"), ["registre", "reference"])
    nombre = masse.compter(seuls)
    if nombre and not contexte.departements:
        contexte.remarquer(
            "entreprises",
            f"Services : {nombre} laissés de côté, la structure qui les porte n'est dans aucune liste lue.",
        )


def citations(contexte: Contexte) -> Any:
    """Every mention: `operateur`, `id` (null for a structure that is no known enterprise), `CITATION`.

    A unit that asked not to be shown keeps the lists where it is, without any of their words.
    """
    masse = contexte.masse
    entreprises, listes = masse.table("entreprise_decidee"), masse.table("registre_situe")
    connues = entreprises.filter(entreprises.siren.notnull()).select("siren", "id", "diffusible")
    lues = listes.left_join(connues, "siren").select(
        *(listes[c] for c in CITATION if c != "services"),
        listes.commune,
        listes.departement,
        connues.id,
        montrable=connues.diffusible.fill_null(1) == 1,
        cle=listes.reference.coalesce(listes.siret, listes.siren),
    )
    lues = lues.mutate(operateur=lues.id.coalesce(lues.registre + ibis.literal(":") + lues.cle))
    dites = lues.filter(lues.operateur.notnull()).mutate(services=ibis.null().cast("string"))
    colonnes = ("operateur", "id", "commune", "departement", "montrable", *CITATION)
    offerts = _services(masse.table("service_utile"), dites)
    toutes = ibis.union(dites.select(*colonnes), offerts.select(*colonnes))
    muette = ibis.null().cast("string")
    return toutes.mutate(
        **{c: ibis.ifelse(toutes.montrable, toutes[c], muette) for c in ("nom", "nom_usage")},
        texte=ibis.ifelse(toutes.montrable, toutes.texte.left(TEXTE_MAX), muette),
    )


def _services(services: Any, dites: Any) -> Any:
    """The services of the structures of the lists, each as one more mention."""
    porteuses = dites.select(
        "registre", "reference", "operateur", "id", "commune", "departement", "montrable"
    ).distinct()
    portes = services.join(porteuses, ["registre", "reference"])
    vide = ibis.null().cast("string")
    return portes.mutate(services=portes.themes, categorie=vide, nom_usage=vide)
