"""The table of kinds: adding a kind is adding one line here (and its folder in `knowledge/`)."""

from __future__ import annotations

from perenne.domain.savoir.acteurs import Organisation, TypeActeur
from perenne.domain.savoir.activites import Activite
from perenne.domain.savoir.besoins import Besoin
from perenne.domain.savoir.cas import Cas
from perenne.domain.savoir.comptes import PlanComptable
from perenne.domain.savoir.criteres import Critere, Famille, Stade
from perenne.domain.savoir.erreurs_etude import ErreurEtude
from perenne.domain.savoir.expressions import Fait
from perenne.domain.savoir.formes_juridiques import FormeJuridique
from perenne.domain.savoir.indicateurs import Indicateur
from perenne.domain.savoir.leviers import Action, Instrument, Levier
from perenne.domain.savoir.nomenclatures import Nomenclature
from perenne.domain.savoir.ponderations import Ponderation
from perenne.domain.savoir.regles import Regle
from perenne.domain.savoir.ressources import Ressource
from perenne.domain.savoir.zonages import Zonage
from perenne.kb.genre import Genre, identifiant_par_dossier, identifiant_par_nom

GENRES: tuple[Genre, ...] = (
    Genre(nom="besoin", dossier="besoins", classe=Besoin),
    Genre(nom="activite", dossier="activites", classe=Activite),
    Genre(nom="famille", dossier="familles", classe=Famille),
    Genre(nom="critere", dossier="criteres", classe=Critere),
    Genre(nom="stade", dossier="stades", classe=Stade),
    Genre(
        nom="levier", dossier="leviers", classe=Levier,
        motif="*/_levier.yaml", injecter=identifiant_par_dossier,
    ),
    Genre(
        nom="action", dossier="leviers", classe=Action,
        motif="*/*.yaml", sauf=("_levier.yaml",), injecter=identifiant_par_nom,
    ),
    Genre(nom="instrument", dossier="instruments", classe=Instrument),
    Genre(nom="type-acteur", dossier="acteurs/types", classe=TypeActeur),
    Genre(nom="organisation", dossier="acteurs/organisations", classe=Organisation),
    Genre(nom="zonage", dossier="zonages", classe=Zonage),
    Genre(nom="indicateur", dossier="indicateurs", classe=Indicateur),
    Genre(nom="fait", dossier="faits", classe=Fait, plusieurs=True),
    Genre(nom="regle", dossier="regles", classe=Regle, motif="*/*.yaml"),
    Genre(nom="cas", dossier="cas", classe=Cas),
    Genre(nom="nomenclature", dossier="nomenclatures", classe=Nomenclature),
    Genre(nom="plan-comptable", dossier="comptes", classe=PlanComptable),
    Genre(nom="ponderation", dossier="ponderations", classe=Ponderation),
    Genre(nom="forme-juridique", dossier="formes-juridiques", classe=FormeJuridique, plusieurs=True),
    Genre(nom="ressource", dossier="ressources", classe=Ressource),
    Genre(nom="erreur-etude", dossier="erreurs-etude", classe=ErreurEtude),
)  # fmt: skip
