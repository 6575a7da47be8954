"""The sheet of an enterprise as text: the verdict first, then why, then the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from perenne.domain.ess.fiche import FicheEntreprise
from perenne.domain.savoir.formes_juridiques import FormeJuridique
from perenne.domain.territoire.identite import SourceCitee
from perenne.reports.ess.activites import Libelles, avec_libelle, ecrire_activites
from perenne.reports.ess.phrases import (
    CONTRADICTIONS,
    ETATS,
    METHODES,
    PRECISIONS,
    REGISTRES,
    SENS,
    VERDICTS,
    dire_qpv,
    dire_qpv_insee,
    dire_raison,
    nommer,
)
from perenne.reports.typographie import dater

ETABLISSEMENTS_MONTRES = 10


def ecrire_fiche_ess(
    fiche: FicheEntreprise,
    *,
    formes: Mapping[str, FormeJuridique],
    effectifs: Mapping[str, str],
    libelles: Libelles,
    sources: Mapping[str, SourceCitee],
    version: str,
) -> str:
    """Write the sheet.

    Args:
        fiche: what the atlas holds.
        formes: legal forms of the knowledge base.
        effectifs: labels of the bands of headcount.
        libelles: labels of the activities and of what shows them.
        sources: data sets of the atlas.
        version: name of the version of the atlas.
    """
    lignes = [
        nommer(fiche),
        _numeros(fiche),
        "",
        f"ESS : {VERDICTS[fiche.verdict]}",
        *_etat(fiche),
        "",
        "Pourquoi",
        *([f"  - [{SENS[r.sens]}] {dire_raison(r, formes)} Source : {_source(r.source, sources)}, "
           f"{dater(r.date)}." for r in fiche.raisons] or ["  - Aucun répertoire lu n'en dit rien."]),
    ]  # fmt: skip
    if fiche.contradictions:
        lignes += ["", "Ce qui se contredit", *(f"  - {CONTRADICTIONS[c]}" for c in fiche.contradictions)]
    lignes += ["", *ecrire_activites(fiche.activites, libelles, sources)]
    lignes += ["", "Où", *_lieux(fiche), "", "Ce qui est observé", *_observe(fiche, effectifs, libelles.naf)]
    if fiche.liens:
        lignes += ["", "Rapprochements", *_liens(fiche)]
    if fiche.inscriptions:
        lignes += [
            "",
            "Listes qui la nomment",
            *(
                f"  - {REGISTRES.get(i.registre, i.registre)}{f' ({i.categorie})' if i.categorie else ''}"
                f"{f', sous le nom {i.nom}' if i.nom and i.nom != fiche.nom else ''}"
                f"{f', {dater(i.date)}' if i.date else ''}. Source : {_source(i.source, sources)}."
                for i in fiche.inscriptions
            ),
        ]
    lignes += [
        "",
        f"Atlas {version}. Un verdict n'est pas un agrément : il dit ce que montrent les fichiers lus.",
    ]
    return "\n".join(lignes) + "\n"


def _numeros(fiche: FicheEntreprise) -> str:
    numeros = [f"SIREN {fiche.siren}" if fiche.siren else "sans SIREN connu"]
    if fiche.rna:
        numeros.append(f"RNA {fiche.rna}")
    if fiche.sigle:
        numeros.append(f"aussi « {fiche.sigle} »")
    return ", ".join(numeros)


def _etat(fiche: FicheEntreprise) -> Iterator[str]:
    dates = [f"créée le {dater(fiche.creee_le)}"] if fiche.creee_le else []
    if fiche.etat in ("fermee", "dissoute"):
        dates.append(f"fermeture : {dater(fiche.fermee_le) or 'date non observée'}")
    yield f"État : {', '.join([ETATS[fiche.etat], *dates])}"


def _lieux(fiche: FicheEntreprise) -> Iterator[str]:
    commune = (
        f"{fiche.commune_nom or fiche.commune} ({fiche.commune})" if fiche.commune else "commune non observée"
    )
    yield f"  Siège : {commune}, {PRECISIONS[fiche.precision]}, {dire_qpv(fiche.qpv_statut, fiche.qpv)}"
    siege = next((e for e in fiche.etablissements if e.siege), None)
    if siege is not None and siege.qpv_insee:
        yield f"  Selon la géolocalisation de l'INSEE : {dire_qpv_insee(siege)}"
    for e in fiche.etablissements[:ETABLISSEMENTS_MONTRES]:
        nature = "siège" if e.siege else "établissement"
        fermeture = (
            f", fermé{f' le {dater(e.fermee_le)}' if e.fermee_le else ''}" if e.etat == "ferme" else ""
        )
        ou = ", ".join(p for p in (e.nom, e.adresse, e.code_postal, e.commune_nom or e.commune) if p)
        yield f"  - {e.siret} ({nature}{fermeture}) : {ou or 'lieu non observé'}"
    if (reste := fiche.nombre_etablissements - ETABLISSEMENTS_MONTRES) > 0:
        yield f"  - et {reste} autres établissements"


def _observe(fiche: FicheEntreprise, effectifs: Mapping[str, str], naf: Mapping[str, str]) -> Iterator[str]:
    tranche = effectifs.get(fiche.effectif, fiche.effectif)
    annee = f" ({fiche.annee_effectif})" if fiche.annee_effectif else ""
    yield f"  Effectif : {f'{tranche}{annee}' if tranche else 'non observé'}"
    yield f"  Activité principale (NAF) : {avec_libelle(fiche.naf, naf) or 'non observée'}"
    yield f"  Objet déclaré : {fiche.objet or 'non observé'}"
    actifs = fiche.etablissements_actifs
    yield f"  Établissements actifs : {'non observé' if actifs is None else actifs}"


def _liens(fiche: FicheEntreprise) -> Iterator[str]:
    for lien in fiche.liens:
        quoi = "même entreprise que" if lien.statut == "retenu" else "doublon possible, gardé à part :"
        confiance = f"{lien.confiance:.2f}".replace(".", ",")
        yield f"  - {quoi} {lien.autre}, {METHODES[lien.methode]} (confiance {confiance})"


def _source(id_: str, sources: Mapping[str, SourceCitee]) -> str:
    citee = sources.get(id_)
    return f"{citee.producteur}, {citee.jeu}" if citee else id_
