"""Two people, or two tabs, in the same sheet: what each changed is kept, what both changed is put to them.

A form carries, for each criterion, a digest of what it showed. A criterion that its reader did not touch
never overwrites anything; one that was changed on both sides is a conflict, and nothing of it is written
until somebody has chosen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from perenne.domain.savoir.criteres import Critere
from perenne.web.common.verrou import Perime
from perenne.web.comptes.models import Compte
from perenne.web.diagnostics.assemblage import Contenu, empreinte
from perenne.web.diagnostics.models import Feuille, Passage, Repondant
from perenne.web.diagnostics.saisie_grille import AUTRE, MIEN, Cadre, Lu, Tape, comprendre_critere

ESSAIS = 8


@dataclass
class Bilan:
    """What a submission did.

    Attributes:
        ecrits: criteria whose content changed in the base.
        ailleurs: criteria that somebody else had changed and this form had not touched.
        repris: criteria in conflict where the other's content was chosen.
        conflits: criterion → the other's content, for those that nobody has settled.
        lus: criterion → what was understood, with its errors.
    """

    feuille: Feuille
    ecrits: list[str] = field(default_factory=list)
    ailleurs: list[str] = field(default_factory=list)
    repris: list[str] = field(default_factory=list)
    conflits: dict[str, Contenu] = field(default_factory=dict)
    lus: dict[str, Lu] = field(default_factory=dict)

    @property
    def erreurs(self) -> dict[str, Mapping[str, str]]:
        """Criterion → what is wrong in it, by field."""
        return {c: lu.erreurs for c, lu in self.lus.items() if lu.erreurs}


def ouvrir_feuille(passage: Passage, repondant: Repondant, famille: str) -> Feuille:
    """The sheet, made empty in memory when nobody has written in it."""
    trouvee = Feuille.objects.filter(passage=passage, repondant=repondant, famille=famille).first()
    return trouvee or Feuille(passage=passage, repondant=repondant, famille=famille, version=0, contenu={})


def enregistrer_feuille(
    cadre: Cadre,
    famille: str,
    tapes: Mapping[str, tuple[Critere, Tape]],
    *,
    auteur: Compte | None,
) -> Bilan:
    """Merge what was typed into a sheet and write it, if anything changed.

    Args:
        auteur: None for a respondent who came by a link; their changes carry the day they were made.

    Raises:
        Perime: others write in it without a pause.
    """
    for _ in range(ESSAIS):
        feuille = ouvrir_feuille(cadre.passage, cadre.repondant, famille)
        bilan = Bilan(feuille=feuille)
        contenu = dict(feuille.contenu)
        for critere, tape in tapes.values():
            garde = contenu.get(critere.id, {})
            lu = comprendre_critere(tape, garde, critere, cadre)
            bilan.lus[critere.id] = lu
            _fusionner(bilan, contenu, critere.id, tape)
        if auteur is None and cadre.au != cadre.passage.date:
            for c in bilan.ecrits:
                contenu[c] = _dater_du(contenu.get(c, {}), feuille.contenu.get(c, {}), cadre.au)
        contenu = {c: v for c, v in contenu.items() if v}
        if not bilan.ecrits or _ecrire(feuille, contenu, auteur):
            return bilan
    raise Perime(
        "D’autres personnes écrivent dans cette page en même temps que vous.",
        conseil="Attendez un instant, puis enregistrez de nouveau.",
    )


def _fusionner(bilan: Bilan, contenu: dict[str, Contenu], critere: str, tape: Tape) -> None:
    lu, garde = bilan.lus[critere], contenu.get(critere, {})
    type_, base = empreinte(lu.contenu), empreinte(garde)
    if type_ == base:
        return
    if base == tape.lu or (tape.choix == MIEN and tape.conflit == base):
        contenu[critere] = lu.contenu
        bilan.ecrits.append(critere)
    elif type_ == tape.lu:
        bilan.ailleurs.append(critere)
    elif tape.choix == AUTRE and tape.conflit == base:
        bilan.repris.append(critere)
    else:
        bilan.conflits[critere] = garde


def _dater_du(contenu: Contenu, avant: Contenu, au: dt.date) -> Contenu:
    """The day of each part that changed."""
    jour = au.isoformat()
    change = {c: v for c, v in contenu.items() if c not in ("date", "chiffres")} != {
        c: v for c, v in avant.items() if c not in ("date", "chiffres")
    }
    date = {"date": jour} if change and contenu.get("avis") else {}
    chiffres = {
        m: x if x == avant.get("chiffres", {}).get(m) else {**x, "date": jour}
        for m, x in contenu.get("chiffres", {}).items()
    }
    return {**contenu, **date, **({"chiffres": chiffres} if chiffres else {})}


def _ecrire(feuille: Feuille, contenu: dict[str, Contenu], auteur: Compte | None) -> bool:
    """False when somebody else wrote first: read again."""
    try:
        if feuille._state.adding:
            feuille.contenu, feuille.auteur, feuille.version = contenu, auteur, 1
            with transaction.atomic():
                feuille.save(force_insert=True)
        else:
            feuille.enregistrer(feuille.version, contenu=contenu, auteur=auteur)
    except (IntegrityError, Perime):
        return False
    return True
