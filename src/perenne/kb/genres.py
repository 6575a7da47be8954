"""The table of kinds: adding a kind is adding one line here (and its folder in `knowledge/`)."""

from __future__ import annotations

from perenne.domain.savoir.besoins import Besoin
from perenne.domain.savoir.erreurs_etude import ErreurEtude
from perenne.domain.savoir.expressions import Fait
from perenne.domain.savoir.regles import Regle
from perenne.domain.savoir.ressources import Ressource
from perenne.kb.genre import Genre

GENRES: tuple[Genre, ...] = (
    Genre(nom="besoin", dossier="besoins", classe=Besoin),
    # Others, one line each, when their class lands. Two shapes differ from the plain one:
    #   levier   motif="*/_levier.yaml", injecter=identifiant_par_dossier
    #   action   dossier="leviers", motif="*/*.yaml", sauf=("_levier.yaml",), injecter=identifiant_par_nom
    Genre(nom="fait", dossier="faits", classe=Fait, plusieurs=True),
    Genre(nom="regle", dossier="regles", classe=Regle, motif="*/*.yaml"),
    Genre(nom="ressource", dossier="ressources", classe=Ressource),
    Genre(nom="erreur-etude", dossier="erreurs-etude", classe=ErreurEtude),
)
