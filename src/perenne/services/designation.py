"""What a user means by « 23096 », « Guéret », « epci:200044014 » or « 23096+23030 »."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from perenne.atlas.lecteur import Atlas
from perenne.atlas.recherche import Candidat, chercher
from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.domain.territoire.identite import Cle, Filiation, Territoire
from perenne.domain.territoire.union import unir
from perenne.domain.texte import normaliser

_ALIAS = {
    "commune": "commune", "com": "commune", "insee": "commune",
    "arrondissement": "arrondissement-municipal", "arrondissement municipal": "arrondissement-municipal",
    "epci": "epci", "intercommunalite": "epci",
    "departement": "departement", "dep": "departement",
    "region": "region", "reg": "region",
    "qpv": "qpv", "quartier": "qpv",
}  # fmt: skip
_NOMS = {
    "commune": "commune", "arrondissement-municipal": "arrondissement", "epci": "intercommunalité",
    "departement": "département", "region": "région", "qpv": "quartier prioritaire",
}  # fmt: skip
_CODES = (
    (re.compile(r"\d{5}|2[AB]\d{3}"), ("commune", "arrondissement-municipal")),
    (re.compile(r"\d{9}"), ("epci",)),
    (re.compile(r"\d{2}|2[AB]|97\d"), ("departement",)),
    (re.compile(r"Q[NP]\w{4,8}"), ("qpv",)),
)
EXEMPLES = (
    "Essayez un code (23096, 200044014, 23), un nom (« Guéret ») ou un type (epci:200044014, region:75)."
)


@dataclass(frozen=True, kw_only=True)
class Designation:
    """The territories asked for, and the former communes followed to them."""

    parties: tuple[Territoire, ...]
    filiations: tuple[Filiation, ...] = ()


def designer(atlas: Atlas, demande: str) -> Designation:
    """Find the territories that a user asks for.

    Args:
        demande: codes, names, or typed codes, joined by `+` for a union.

    Raises:
        ErreurUtilisateur: unknown or ambiguous; every part that is wrong is told, with suggestions.
    """
    morceaux = [m.strip() for m in demande.split("+")]
    if not all(morceaux):
        raise ErreurUtilisateur("Il manque le territoire.", conseil=EXEMPLES)
    parties: list[Territoire] = []
    filiations: list[Filiation] = []
    erreurs: list[ErreurUtilisateur] = []
    for morceau in morceaux:
        try:
            une = _designer_un(atlas, morceau)
        except ErreurUtilisateur as erreur:
            erreurs.append(erreur)
            continue
        parties += une.parties
        filiations += une.filiations
    if len(erreurs) == 1:
        raise erreurs[0]
    if erreurs:
        raise ErreurUtilisateur(
            "Plusieurs territoires ne se laissent pas reconnaître :",
            anomalies=[a for e in erreurs for a in (Anomalie(ou="", message=e.message), *e.anomalies)],
            conseil=EXEMPLES,
        )
    return Designation(parties=tuple(parties), filiations=tuple(filiations))


def unir_designes(atlas: Atlas, designation: Designation) -> tuple[Territoire, dict[str, Territoire]]:
    """The territory asked for, and its communes.

    Raises:
        ErreurUtilisateur: a quartier or a district in a union.
    """
    codes = {c for p in designation.parties for c in p.communes}
    communes = atlas.territoires("commune", codes)
    if len({p.cle for p in designation.parties}) > 1:
        refuses = [p for p in designation.parties if p.type in ("qpv", "arrondissement-municipal")]
        if refuses:
            raise ErreurUtilisateur(
                f"« {refuses[0].nom} » ne peut pas entrer dans une réunion de territoires.",
                conseil="Réunissez des communes, des intercommunalités, des départements ou des régions.",
            )
        return unir(designation.parties, communes), communes
    seul = designation.parties[0]
    return seul, communes or {seul.code: seul}


def _designer_un(atlas: Atlas, demande: str) -> Designation:
    prefixe, deux_points, reste = demande.partition(":")
    if deux_points:
        type_ = _ALIAS.get(normaliser(prefixe))
        if type_ is None:
            raise ErreurUtilisateur(
                f"« {prefixe} » n'est pas un type de territoire.",
                conseil="Types connus : commune, arrondissement, epci, departement, region, qpv.",
            )
        return _par_code(atlas, reste.strip().upper(), (type_,)) or _par_nom(atlas, reste.strip(), type_)
    code = demande.upper().replace(" ", "")
    for motif, types in _CODES:
        if motif.fullmatch(code):
            trouve = _par_code(atlas, code, types)
            if trouve is not None:
                return trouve
            raise _code_inconnu(atlas, code, types)
    return _par_nom(atlas, demande, "")


def _par_code(atlas: Atlas, code: str, types: Sequence[str]) -> Designation | None:
    for type_ in types:
        t = atlas.territoire(Cle(type=type_, code=code))
        if t is not None:
            return Designation(parties=(t,))
    if "commune" not in types:
        return None
    filiations = atlas.filiations(code)
    actuelles = [atlas.territoire(Cle(type="commune", code=f.code_actuel)) for f in filiations]
    connues = tuple(t for t in actuelles if t is not None)
    return Designation(parties=connues, filiations=filiations) if connues else None


def _par_nom(atlas: Atlas, nom: str, type_: str) -> Designation:
    candidats = [c for c in chercher(atlas, nom) if type_ in ("", c.cle.type)]
    nets = _departager(atlas, [c for c in candidats if c.qualite in ("exact", "ancien")])
    if not nets and len(partiels := [c for c in candidats if c.qualite == "partiel"]) == 1:
        nets = partiels
    if len(nets) == 1:
        choisi = nets[0]
        t = atlas.territoire(choisi.cle)
        assert t is not None  # it comes from the same file
        filiations = [f for f in atlas.filiations(choisi.code_ancien) if f.code_actuel == choisi.cle.code]
        return Designation(parties=(t,), filiations=tuple(filiations))
    if nets:
        raise ErreurUtilisateur(
            f"Plusieurs territoires s'appellent « {nom} » :",
            anomalies=[Anomalie(ou="", message=_decrire(c)) for c in nets],
            conseil=f"Précisez le code, par exemple : perenne territoire {_appel(nets[0])}",
        )
    if candidats:
        raise ErreurUtilisateur(
            f"Aucun territoire ne s'appelle « {nom} ». Vouliez-vous dire…",
            anomalies=[Anomalie(ou="", message=f"{_decrire(c)} ?") for c in candidats],
        )
    raise ErreurUtilisateur(f"Aucun territoire ne s'appelle « {nom} » ni rien de proche.", conseil=EXEMPLES)


def _departager(atlas: Atlas, candidats: list[Candidat]) -> list[Candidat]:
    """Drop what means the same: a QPV that bears the name of a town, a région made of its only
    département."""
    autres = [c for c in candidats if c.cle.type not in ("qpv", "arrondissement-municipal")]
    restants = autres or candidats
    if len(restants) < 2:
        return restants
    compositions: dict[tuple[str, ...], Candidat] = {}
    for c in restants:
        t = atlas.territoire(c.cle)
        compositions.setdefault(t.communes if t is not None else (str(c.cle),), c)
    return list(compositions.values())


def _code_inconnu(atlas: Atlas, code: str, types: Sequence[str]) -> ErreurUtilisateur:
    proches = atlas.codes_proches(types[0], code)
    noms = {t: n for t, n in _NOMS.items() if t in types}
    message = f"Aucun territoire n'a le code {code} ({' ou '.join(noms.values())})."
    if not proches:
        return ErreurUtilisateur(message, conseil=EXEMPLES)
    return ErreurUtilisateur(
        f"{message} Vouliez-vous dire…",
        anomalies=[Anomalie(ou="", message=f"{_decrire_territoire(t)} ?") for t in proches],
    )


def _appel(candidat: Candidat) -> str:
    return candidat.cle.code if candidat.cle.type == "commune" else str(candidat.cle)


def _decrire(c: Candidat) -> str:
    ancien = f"{c.ancien} ({c.code_ancien}), aujourd'hui " if c.ancien else ""
    return f"{ancien}{c.nom} : {_appel(c)}, {_fin(c.cle.type, c.departement, c.population)}"


def _decrire_territoire(t: Territoire) -> str:
    return f"{t.nom} : {t.code}, {_fin(t.type, t.departement, t.population)}"


def _fin(type_: str, departement: str, population: int | None) -> str:
    morceaux = [_NOMS[type_]]
    if departement and type_ != "departement":
        morceaux.append(f"département {departement}")
    if population is not None:
        morceaux.append(f"{population:,} habitants".replace(",", "\u202f"))
    return ", ".join(morceaux)
