# ruff: noqa: E501 — one line per broken file keeps the table readable
"""Broken knowledge files: each is reported in French, at its file and line, with what to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.kb.chargement import charger_base, lire_base

BESOIN, REGLE = "besoins/B01.yaml", "regles/subventions/seuil.yaml"
ORGA, TYPE, FAITS = "acteurs/organisations/ville.yaml", "acteurs/types/commune.yaml", "faits/exemple.yaml"
FAMILLE = "familles/A.yaml"

# name, file, text replaced, replacement, line reported, what the message must say
REMPLACEMENTS = [
    ("cle inconnue", BESOIN, "provenance: etude", "provenances: etude", 4, "« provenances » n'existe pas ici. Vouliez-vous écrire « provenance »"),
    ("cle manquante", BESOIN, "provenance: etude\n", "", 1, "la clé « provenance » manque"),
    ("cle inconnue sans voisine", BESOIN, "titre:", "zzz: 1\ntitre:", 1, "Clés admises ici : titre, resume"),
    ("cle inconnue en profondeur", BESOIN, "    unite:", "    unitee: x\n    unite:", 7, "Vouliez-vous écrire « unite »"),
    ("cle manquante en profondeur", BESOIN, "    maille: commune\n", "", 6, "la clé « maille » manque"),
    ("plusieurs cles manquantes", BESOIN, "    maille: commune\n    producteur: Insee\n", "", 6, "les clés « maille » et « producteur » manquent"),
    ("identifiant ecrit", BESOIN, "titre:", "id: B01\ntitre:", 1, "la clé « id » ne s'écrit pas"),
    ("cle en double", BESOIN, "resume: Pourquoi.", "resume: Pourquoi.\nresume: Encore.", 3, "la clé « resume » est écrite deux fois (déjà ligne 2)"),
    ("valeur hors liste", BESOIN, "sens: plus_haut", "sens: haut", 10, "« sens » ne peut pas valoir « haut ». Vouliez-vous écrire « plus_haut » ? Valeurs admises : plus_haut, plus_bas, contexte."),
    ("valeur hors liste dans une liste", BESOIN, "[inclusion]", "[inclusions]", 3, "Vouliez-vous écrire « inclusion »"),
    ("renvoi inconnu", BESOIN, "document: doc,", "document: docs,", 12, "le renvoi « docs » ne désigne aucune fiche (ressource). Vouliez-vous dire « doc »"),
    ("renvoi inconnu sans voisin", BESOIN, "document: doc,", "document: qqqqq,", 12, "Aucun identifiant ne lui ressemble"),
    ("renvoi inconnu dans une liste de tables", REGLE, "document: doc", "document: dic", 9, "le renvoi « dic »"),
    ("liste attendue", BESOIN, "[inclusion]", "inclusion", 3, "Il faut une liste"),
    ("table attendue", BESOIN, "{document: doc, section: I}", "etude", 12, "« source » contient « etude ». Il faut une table de clés et de valeurs"),
    ("table facultative attendue", ORGA, "{type: commune, code: '01001', nom: Ville}", "Ville", 3, "Il faut une table de clés et de valeurs"),
    ("valeur vide", BESOIN, "titre: Un besoin", "titre:", 1, "« titre » est vide. Il faut un texte"),
    ("nombre au lieu d'un texte", BESOIN, "maille: commune", "maille: 12", 8, 'Mettez des guillemets : "12"'),
    ("vrai au lieu d'un texte", BESOIN, "maille: commune", "maille: true", 8, 'Mettez des guillemets : "true"'),
    ("non au lieu d'un texte", BESOIN, "maille: commune", "maille: no", 8, "« no » serait lu comme vrai ou faux"),
    ("liste au lieu d'un texte", BESOIN, "maille: commune", "maille: [commune]", 8, "« maille » contient une liste. Il faut un texte"),
    ("code lu en octal", ORGA, "code: '01001'", "code: 01001", 3, "« 01001 » serait lu comme un nombre et changerait de valeur. Mettez des guillemets"),
    ("code lu comme nombre", ORGA, "code: '01001'", "code: 31555", 3, 'Mettez des guillemets : "31555"'),
    ("heure lue en base 60", ORGA, "nom: Ville\n", "nom: 12:30\n", 1, "« 12:30 » serait lu comme un nombre"),
    ("jour impossible", REGLE, "verifie_le: 2026-11-23", "verifie_le: 2026-02-30", 6, "« 2026-02-30 », qui n'est pas une date du calendrier. Écrivez-la AAAA-MM-JJ"),
    ("date en lettres", REGLE, "verifie_le: 2026-11-23", "verifie_le: hier", 6, "« hier », qui n'est pas une date"),
    ("annee pour une date", REGLE, "verifie_le: 2026-11-23", "verifie_le: 2026", 6, "n'est pas une date"),
    ("nombre avec espace", REGLE, "valeur: 23000", "valeur: 23 000", 9, "sans espace, sans unité et sans guillemets : 23000"),
    ("vrai au lieu d'un nombre", REGLE, "valeur: 23000", "valeur: true", 9, "« valeur » contient true. Il faut un nombre"),
    ("decimal au lieu d'un entier", FAMILLE, "ordre: 1", "ordre: 1.5", 2, "Il faut un nombre entier"),
    ("periode inversee", ORGA, "{nom: Ancienne, au: 2020-12-31}", "{nom: Ancienne, du: 2021-01-01, au: 2020-12-31}", 5, "la période est inversée (2021-01-01 est après 2020-12-31)"),
    ("type d'acteur inconnu", ORGA, "\ntype: commune", "\ntype: comune", 2, "Vouliez-vous dire « commune »"),
    ("variable sans description", FAITS, "montant_annuel:", "autre: 1\nmontant_annuel:", 1, "« autre » n'est pas suivi d'une table"),
    ("vrai au lieu de oui", TYPE, "public: oui", "public: true", 3, "« public » ne peut pas valoir true. Valeurs admises : oui, non, selon."),
    ("tabulation", BESOIN, "    unite:", "\tunite:", 7, "une tabulation sert de retrait"),
    ("deux-points sans guillemets", BESOIN, "resume: Pourquoi.", "resume: ainsi : voila: fin", 2, "un deux-points n'est pas à sa place"),
    ("guillemet ouvert", BESOIN, "section: I}", "section: 'I}", 13, "un guillemet ouvert n'est jamais refermé"),
    ("accolade ouverte", BESOIN, "section: I}", "section: I", 13, "n'est pas refermée"),
    ("arobase", BESOIN, "resume: Pourquoi.", "resume: @moi", 2, "un caractère que YAML réserve"),
    ("retrait faux", BESOIN, "resume: Pourquoi.", "resume: Pourquoi.\n  suite: oui", 3, "un deux-points n'est pas à sa place"),
    ("deux documents", BESOIN, "resume: Pourquoi.", "resume: Pourquoi.\n---\na: 1", 3, "plusieurs documents"),
    ("ancre", BESOIN, "resume: Pourquoi.", "resume: Pourquoi.\nnote: *x", 3, "« * »"),
    ("etiquette", BESOIN, "resume: Pourquoi.", "resume: !!python/name:os.system x", 2, "ne peut pas être lu tel quel"),
]  # fmt: skip

# name, files added, file reported, line (0: the whole file), what the message must say
AJOUTS = [
    ("extension", {"besoins/B02.yml": "titre: x"}, "besoins/B02.yml", 0, "l'extension « .yml » n'est pas lue. Renommez-le B02.yaml"),
    ("dossier mal ecrit", {"besoin/B02.yaml": "titre: x"}, "besoin/B02.yaml", 0, "Sa place est peut-être dans « besoins »"),
    ("fichier hors sujet", {"zz.txt": "x"}, "zz.txt", 0, "ne correspond à aucune sorte de fiche"),
    ("dossier de trop", {"besoins/x/B02.yaml": "titre: x"}, "besoins/x/B02.yaml", 0, "ne correspond à aucune sorte de fiche"),
    ("nom accentue", {"ressources/été 1.yaml": "titre: x\ntype: etude"}, "ressources/été 1.yaml", 0, "ne peut pas servir d'identifiant"),
    ("fichier vide", {"besoins/B02.yaml": ""}, "besoins/B02.yaml", 1, "ce fichier est vide"),
    ("commentaires seuls", {"besoins/B02.yaml": "# rien\n"}, "besoins/B02.yaml", 1, "ce fichier est vide"),
    ("liste a la racine", {"besoins/B02.yaml": "- a\n"}, "besoins/B02.yaml", 1, "n'est pas une table de clés et de valeurs"),
    ("pas en UTF-8", {"ressources/r.yaml": "type: etude\ntitre: été".encode("latin-1")}, "ressources/r.yaml", 2, "n'est pas en UTF-8"),
    ("variable declaree deux fois", {"faits/z.yaml": "montant_annuel: {type: booleen, libelle: x, question: y}"}, "faits/z.yaml", 1, "l'identifiant « montant_annuel » existe déjà (knowledge/faits/exemple.yaml)"),
    ("levier ecrit dans l'action", {"leviers/l/a.yaml": "levier: l\n"}, "leviers/l/a.yaml", 1, "la clé « levier » ne s'écrit pas"),
    ("cle composee", {"ressources/r.yaml": "? [a, b]\n: 1\n"}, "ressources/r.yaml", 1, "cette clé n'est pas un simple mot"),
    ("renvoi YAML", {"ressources/r.yaml": "titre: x\ntype: etude\nresume: &r [x]\nauteur: *r\n"}, "ressources/r.yaml", 3, "les ancres et renvois YAML"),
]  # fmt: skip

ANGLAIS = re.compile(
    r"\b(input|should|field|required|valid|expected|found|unexpected|error|string|integer|mapping|none|true or)\b",
    re.IGNORECASE,
)


def _dire(dossier: Path) -> list[str]:
    return [str(a) for a in lire_base(dossier)[1]]


def test_the_minimal_base_is_valid(ecrire_base: Callable[[dict[str, str | bytes]], Path]) -> None:
    assert _dire(ecrire_base({})) == []


@pytest.mark.parametrize("cas", [c[1:] for c in REMPLACEMENTS], ids=[c[0] for c in REMPLACEMENTS])
def test_a_broken_line_is_named(
    ecrire_base: Callable[[dict[str, str | bytes]], Path],
    base_minimale: dict[str, str],
    cas: tuple[str, str, str, int, str],
) -> None:
    fichier, avant, apres, ligne, attendu = cas
    assert avant in base_minimale[fichier]
    dits = _dire(ecrire_base({fichier: base_minimale[fichier].replace(avant, apres, 1)}))
    assert any(d.startswith(f"knowledge/{fichier}, ligne {ligne} : ") and attendu in d for d in dits), dits
    assert not [d for d in dits if ANGLAIS.search(d)]


@pytest.mark.parametrize("cas", [c[1:] for c in AJOUTS], ids=[c[0] for c in AJOUTS])
def test_a_misplaced_or_unreadable_file_is_named(
    ecrire_base: Callable[[dict[str, str | bytes]], Path], cas: tuple[dict[str, str | bytes], str, int, str]
) -> None:
    fichiers, fautif, ligne, attendu = cas
    ou = f"knowledge/{fautif}" + (f", ligne {ligne}" if ligne else "")
    dits = _dire(ecrire_base(fichiers))
    assert any(d.startswith(f"{ou} : ") and attendu in d for d in dits), dits
    assert not [d for d in dits if ANGLAIS.search(d)]


def test_all_anomalies_are_reported_at_once_in_the_order_of_files_and_lines(
    ecrire_base: Callable[[dict[str, str | bytes]], Path], base_minimale: dict[str, str]
) -> None:
    besoin = base_minimale[BESOIN].replace("sens: plus_haut", "sens: haut").replace("I}", "I, sec: x}")
    dossier = ecrire_base({BESOIN: besoin, "zz.txt": "", FAMILLE: "titre: 1\n"})
    with pytest.raises(ErreurUtilisateur) as leve:
        charger_base(dossier)
    ou = [a.ou for a in leve.value.anomalies]
    assert ou == [
        "knowledge/besoins/B01.yaml, ligne 10",
        "knowledge/besoins/B01.yaml, ligne 12",
        "knowledge/familles/A.yaml, ligne 1",
        "knowledge/familles/A.yaml, ligne 1",
        "knowledge/zz.txt",
    ]
    assert "5 anomalies" in str(leve.value)


def test_an_invalid_item_does_not_make_references_to_it_dangle(
    ecrire_base: Callable[[dict[str, str | bytes]], Path],
) -> None:
    dits = _dire(ecrire_base({"ressources/doc.yaml": "titre: Sans type\n"}))
    assert [d for d in dits if "renvoi" in d] == []
    assert len(dits) == 1


def test_a_file_that_cannot_be_opened_is_named(
    ecrire_base: Callable[[dict[str, str | bytes]], Path],
) -> None:
    dossier = ecrire_base({})
    (dossier / "ressources/perdu.yaml").symlink_to(dossier / "nulle-part.yaml")
    assert [d for d in _dire(dossier) if "perdu.yaml : ce fichier ne peut pas être lu" in d]


def test_the_folder_is_named_even_when_it_is_the_current_one(
    ecrire_base: Callable[[dict[str, str | bytes]], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ecrire_base({"zz.txt": ""}))
    assert _dire(Path())[0].startswith("knowledge/zz.txt : ")


def test_a_missing_folder_is_said_with_the_setting_to_change(tmp_path: Path) -> None:
    with pytest.raises(ErreurUtilisateur, match="introuvable"):
        charger_base(tmp_path / "rien")


def test_a_byte_order_mark_is_accepted(ecrire_base: Callable[[dict[str, str | bytes]], Path]) -> None:
    assert _dire(ecrire_base({"ressources/r.yaml": b"\xef\xbb\xbftitre: x\ntype: etude\n"})) == []
