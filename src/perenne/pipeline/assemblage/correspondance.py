"""Which current communes each code of each geography became; refuses a code that never was a commune."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

import pyarrow as pa

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.pipeline.assemblage.contexte import HORS_CHAMP, Contexte
from perenne.pipeline.controles import EXEMPLES
from perenne.pipeline.moteur import Moteur
from perenne.pipeline.noyaux.mouvements import NATURES, Genealogie, Mouvement

_PLUS_ANCIENNE = dt.date(2015, 1, 1)
_GENRES_A_CODE = ("mesure", "zonage", "attribut", "epci", "quartier", "contour", "denombrement")


def preparer(contexte: Contexte) -> Genealogie:
    """Create `correspondance(geographie, code_source, code, scission)` and `commune_mouvement`.

    A municipal district corresponds to itself; so does each current commune in the current geography.
    """
    moteur = contexte.moteur
    contexte.reunir("commune")
    contexte.reunir("mouvement")
    mouvements, genealogie = _lire_mouvements(moteur), lire_genealogie(moteur)
    arrondissements = [
        c for (c,) in moteur.lignes("SELECT code FROM commune WHERE type = 'arrondissement-municipal'")
    ]
    _verifier_couverture(contexte, genealogie, frozenset(arrondissements))
    lignes: list[tuple[dt.date, str, str, bool]] = []
    for date in contexte.geographies():
        lignes += [(date, code, code, False) for code in arrondissements]
        for code in genealogie.communes_au(date):
            suite = genealogie.suivre(code, date)
            lignes += [(date, code, actuel, suite.scission) for actuel in suite.actuels]
    colonnes = list(zip(*lignes, strict=True))
    moteur.deposer(
        "correspondance",
        pa.table(
            {
                "geographie": pa.array(colonnes[0], pa.date32()),
                "code_source": pa.array(colonnes[1], pa.string()),
                "code": pa.array(colonnes[2], pa.string()),
                "scission": pa.array(colonnes[3], pa.bool_()),
            }
        ),
    )
    _resoudre_les_autres(contexte, genealogie)
    _ecrire_mouvements(contexte, genealogie, mouvements)
    return genealogie


def lire_genealogie(moteur: Moteur) -> Genealogie:
    """The movements of communes, from the tables `commune` and `mouvement`."""
    communes = [c for (c,) in moteur.lignes("SELECT code FROM commune WHERE type = 'commune'")]
    return Genealogie(_lire_mouvements(moteur), communes)


def _lire_mouvements(moteur: Moteur) -> list[Mouvement]:
    return [
        Mouvement(
            mod=m, date=d, type_avant=ta, code_avant=ca, nom_avant=na or "", type_apres=tp, code_apres=cp
        )
        for m, d, ta, ca, na, tp, cp in moteur.lignes(
            "SELECT mod, date_effet, type_avant, code_avant, nom_avant, type_apres, code_apres FROM mouvement"
        )
    ]


def _verifier_couverture(contexte: Contexte, genealogie: Genealogie, arrondissements: frozenset[str]) -> None:
    """Recognise the geography of the complete lists, then refuse those that miss too many communes."""
    fautes: list[Anomalie] = []
    for source, notice in contexte.notices.items():
        if not notice.controles.couverture_min or not notice.controles.communes:
            continue
        codes = contexte.codes_lus[source]
        if notice.controles.dater == "oui":
            date = genealogie.dater(codes - arrondissements, notice.geographie, _PLUS_ANCIENNE)
            if date != notice.geographie:
                contexte.dates[source] = date
                contexte.remarquer(
                    source,
                    f"codes écrits dans la géographie du {date:%d/%m/%Y}, et non du "
                    f"{notice.geographie:%d/%m/%Y} comme dit sa notice.",
                )
        attendues = genealogie.communes_au(contexte.geographie(source))
        part = len(attendues & codes) / len(attendues)
        if part < notice.controles.couverture_min:
            fautes.append(
                Anomalie(
                    ou=contexte.fichiers.get(source, source),
                    message=f"{part:.0%} des communes seulement, {notice.controles.couverture_min:.0%} au "
                    "moins attendues : le fichier est sans doute tronqué.",
                    conseil="Téléchargez-le de nouveau.",
                )
            )
    if fautes:
        raise ErreurUtilisateur("Des fichiers sources ne couvrent pas le pays.", anomalies=fautes)


def _resoudre_les_autres(contexte: Contexte, genealogie: Genealogie) -> None:
    """Codes that are not of the geography of the file: older ones are followed, unknown ones are refused."""
    connus: dict[dt.date, set[str]] = defaultdict(set)
    for geographie, code in contexte.moteur.lignes("SELECT geographie, code_source FROM correspondance"):
        connus[geographie].add(code)
    fautes: list[Anomalie] = []
    for source, codes in sorted(_codes_par_source(contexte).items()):
        geographie = contexte.geographie(source)
        for code in sorted(codes - connus[geographie]):
            suite = genealogie.suivre_depuis_origine(code)
            if code.startswith(HORS_CHAMP):
                contexte.remarquer(
                    source, f"code {code} : collectivité d'outre-mer, hors des communes du COG, non reprise."
                )
            elif suite.actuels:
                connus[geographie].add(code)
                for actuel in suite.actuels:
                    contexte.moteur.executer(
                        "INSERT INTO correspondance VALUES (?, ?, ?, ?)",
                        [geographie, code, actuel, suite.scission],
                    )
            else:
                fautes.append(
                    Anomalie(
                        ou=contexte.fichiers.get(source, source),
                        message=f"commune inconnue du code officiel géographique : {code}.",
                    )
                )
    if fautes:
        reste = len(fautes) - 10 * EXEMPLES
        raise ErreurUtilisateur(
            "Des codes de commune n'existent pas et n'ont jamais existé.",
            anomalies=fautes[: 10 * EXEMPLES],
            conseil=(f"Et {reste} autres codes. " if reste > 0 else "")
            + "Vérifiez que le fichier n'a pas perdu ses zéros de tête, et que le COG est assez récent.",
        )


def _codes_par_source(contexte: Contexte) -> dict[str, set[str]]:
    """Commune codes of each source, whether they stand in its file or were found by its transformation."""
    codes: dict[str, set[str]] = defaultdict(set)
    for source, lus in contexte.codes_lus.items():
        codes[source] |= lus
    for genre in _GENRES_A_CODE:
        colonne = "commune" if genre == "quartier" else "code"
        for source in contexte.tables.get(genre, []):
            codes[source] |= {
                c
                for (c,) in contexte.moteur.lignes(
                    f"SELECT DISTINCT {colonne} FROM stg_{source}_{genre} WHERE length({colonne}) = 5"
                )
            }
    return codes


def _ecrire_mouvements(contexte: Contexte, genealogie: Genealogie, mouvements: list[Mouvement]) -> None:
    """Every former code or name with what it became, then the delegated and associated communes."""
    lignes: set[tuple[str, str, str | None, str | None, str]] = set()
    for m in mouvements:
        if m.type_avant != "COM" or m.type_apres not in {"COM", None} or m.code_avant is None:
            continue
        if m.code_apres == m.code_avant and m.mod != "10":
            continue
        if m.code_apres is None:
            lignes.add((m.code_avant, m.nom_avant, m.date.isoformat(), None, "sortie-du-cog"))
            continue
        suite = genealogie.suivre(m.code_apres, m.date)
        lignes |= {
            (m.code_avant, m.nom_avant, m.date.isoformat(), actuel, NATURES[m.mod])
            for actuel in suite.actuels
        }
    rattachees = contexte.moteur.lignes(
        "SELECT code, nom, NULL, parent, type FROM commune WHERE type IN ('deleguee', 'associee')"
    )
    toutes = [*sorted(lignes, key=str), *rattachees]
    colonnes = list(zip(*toutes, strict=True))
    noms = ("code_ancien", "nom_ancien", "date_effet", "code_actuel", "nature")
    contexte.moteur.deposer(
        "atl_commune_mouvement",
        pa.table({n: pa.array(colonnes[i] if colonnes else [], pa.string()) for i, n in enumerate(noms)}),
    )
