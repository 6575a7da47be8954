"""The use case: which levers, for whom, by whom, at which date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import MappingProxyType
from typing import cast, get_args

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.domain.leviers.entree import Demande, Lieu
from perenne.domain.leviers.modele import Modele
from perenne.domain.leviers.recommandation import Recommandation, recommander
from perenne.domain.regles.evaluation import Valeur
from perenne.domain.savoir.leviers import Nature
from perenne.services.leviers.acteur import designer_acteur
from perenne.services.leviers.entreprise import EntrepriseLue, lire_entreprise
from perenne.services.leviers.lieu import lire_lieu
from perenne.services.leviers.modele import obtenir_modele
from perenne.services.leviers.plan_de_tresorerie import lire_faits_du_plan
from perenne.services.leviers.suggestion import vouliez_vous
from perenne.services.reglages import lire_reglages
from perenne.services.regles import lire_avec


@dataclass(frozen=True)
class Conseil:
    """The advice and what it rests on.

    Attributes:
        territoire: what was diagnosed, as asked; empty when nothing says where, or without atlas.
        deduits: facts deduced from others.
    """

    modele: Modele
    recommandation: Recommandation
    territoire: str
    deduits: tuple[str, ...]


def conseiller(
    entreprise: str,
    acteur: str,
    *,
    au: dt.date,
    montant: str = "",
    territoire: str = "",
    moyens: str = "",
    ambitions: str = "",
    avec: Sequence[str] = (),
    tresorerie: Path | None = None,
) -> Conseil:
    """Advise an actor about an enterprise.

    Args:
        entreprise: identifier of a case or path of a file.
        acteur: type, code or organisation.
        au: date of the decision.
        montant: amount in euros, as typed; empty when unknown.
        territoire: where to look at needs and zonings; that of the enterprise, else of the actor, when empty.
        moyens: kinds of instruments that the actor can use, separated by commas.
        ambitions: needs that it wants to answer first, separated by commas.
        tresorerie: a treasury plan; it says what the enterprise does not.
        avec: facts of the decision, `cle=valeur`; they win over everything else.

    Raises:
        ErreurUtilisateur: something given cannot be used.
    """
    base = obtenir_modele().savoir
    return conseiller_lue(
        lire_entreprise(entreprise, base, au),
        acteur,
        au=au,
        montant=montant,
        territoire=territoire,
        moyens=moyens,
        ambitions=ambitions,
        avec=avec,
        prevus=lire_faits_du_plan(tresorerie, au) if tresorerie is not None else {},
    )


def conseiller_lue(
    lue: EntrepriseLue,
    acteur: str,
    *,
    au: dt.date,
    montant: str = "",
    territoire: str = "",
    moyens: str = "",
    ambitions: str = "",
    avec: Sequence[str] = (),
    prevus: Mapping[str, Valeur] = MappingProxyType({}),
) -> Conseil:
    """Advise an actor about an enterprise already read; `prevus` are the facts of its treasury plan.

    Raises:
        ErreurUtilisateur: something given cannot be used.
    """
    modele = obtenir_modele()
    qui, son_territoire = designer_acteur(acteur, modele, lire_reglages().atlas)
    qui = replace(qui, moyens=_moyens(moyens), ambitions=_ambitions(ambitions, modele))
    ou = territoire or lue.territoire or son_territoire
    lieu = _lieu(ou, lue, modele, au, exige=bool(territoire))
    faits = {**prevus, **lue.entreprise.faits, **lire_avec(modele.savoir, avec)}
    demande = Demande(
        entreprise=replace(lue.entreprise, faits=faits),
        acteur=qui,
        lieu=lieu,
        au=au,
        montant=_montant(montant),
    )
    return Conseil(modele, recommander(modele, demande), ou if lieu.nom else "", lue.deduits)


def _lieu(ou: str, lue: EntrepriseLue, modele: Modele, au: dt.date, *, exige: bool) -> Lieu:
    atlas = lire_reglages().atlas
    if exige and not (atlas / "actuel").exists():
        raise ErreurUtilisateur(
            "Il n'y a pas d'atlas : le territoire ne peut pas être lu.",
            conseil="Construisez-le (perenne atlas construire), ou retirez --territoire.",
        )
    try:
        return lire_lieu(ou, atlas=atlas, savoir=modele.savoir, au=au, dits=lue.zonages)
    except ErreurUtilisateur:
        if exige:
            raise
        # Another atlas (the demonstration one) may not hold the territory of a case: go on without it.
        return lire_lieu("", atlas=atlas, savoir=modele.savoir, au=au, dits=lue.zonages)


def _montant(texte: str) -> Decimal | None:
    if not texte.strip():
        return None
    brut = texte.replace("€", "").replace("\u202f", "").replace("\u00a0", "").replace(" ", "")
    try:
        montant = Decimal(brut.replace(",", "."))
    except InvalidOperation:
        montant = Decimal(-1)
    if not montant.is_finite() or montant < 0:
        raise ErreurUtilisateur(
            f"« {texte} » n'est pas un montant.", conseil="Écrivez-le en euros, par exemple 30000."
        )
    return montant


def _decouper(texte: str) -> list[str]:
    return [x.strip() for x in texte.split(",") if x.strip()]


def _moyens(texte: str) -> frozenset[Nature]:
    permis = get_args(Nature)
    inconnus = [m for m in _decouper(texte) if m not in permis]
    if inconnus:
        raise ErreurUtilisateur(
            "Ces moyens ne sont pas connus :",
            anomalies=[
                Anomalie(ou="--moyens", message=f"« {m} ».", conseil=vouliez_vous(m, permis))
                for m in inconnus
            ],
            conseil=f"Moyens possibles : {', '.join(permis)}.",
        )
    return frozenset(cast("list[Nature]", _decouper(texte)))


def _ambitions(texte: str, modele: Modele) -> frozenset[str]:
    permis = tuple(modele.savoir.besoins)
    inconnus = [b for b in _decouper(texte.upper()) if b not in permis]
    if inconnus:
        raise ErreurUtilisateur(
            "Ces ambitions ne sont pas des besoins de la base :",
            anomalies=[Anomalie(ou="--ambitions", message=f"« {b} ».") for b in inconnus],
            conseil=f"Besoins possibles : {', '.join(permis)}.",
        )
    return frozenset(_decouper(texte.upper()))
