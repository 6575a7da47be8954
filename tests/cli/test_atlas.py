"""The commands of the atlas, run as a user does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.pipeline.serveur import Comportement, servir

PERENNE = [sys.executable, "-m", "perenne.cli.main"]


def _lancer(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PERENNE, *arguments], capture_output=True, text=True, check=False, env=os.environ | environ
    )


def test_the_atlas_is_built_then_described(racine: Path, tmp_path: Path) -> None:
    sources = racine / "data" / "demo" / "sources"
    construit = _lancer("atlas", "construire", "--sources", str(sources), "--vers", str(tmp_path))
    assert construit.returncode == 0, construit.stderr
    etat = _lancer("atlas", "etat", "--vers", str(tmp_path))
    assert etat.returncode == 0
    assert "dgcl_frr" in etat.stdout
    assert "format non vérifié sur le fichier du producteur" in etat.stdout
    assert "Activités reconnues" in etat.stdout
    assert etat.stdout.splitlines()[1:] == construit.stdout.splitlines()[1:-1]


def test_the_state_says_that_enterprises_are_not_observed(racine: Path, tmp_path: Path) -> None:
    sources = racine / "data" / "demo" / "sources" / "communes"
    construit = _lancer(
        "atlas", "construire", "--sources", str(sources), "--vers", str(tmp_path), "--departements", "99"
    )
    assert "Entreprises de l'ESS : non observé" in construit.stdout


def test_a_wrong_decision_is_told_with_its_line_and_nothing_is_built(racine: Path, tmp_path: Path) -> None:
    fichier = tmp_path / "decisions.csv"
    fichier.write_text("id,activite,decision,date,role\n1,fablab,peut-être,2026-13-01,conseillère\n", "utf-8")
    lance = _lancer("atlas", "construire", "--decisions", str(fichier), "--vers", str(tmp_path / "atlas"))
    assert lance.returncode == 2
    for attendu in ("decisions.csv, ligne 2", "activité inconnue « fablab »", "oui ou non", "AAAA-MM-JJ"):
        assert attendu in lance.stderr
    assert not (tmp_path / "atlas").exists()


def test_decisions_of_the_settings_with_no_enterprise_to_apply_to_are_told(
    racine: Path, tmp_path: Path
) -> None:
    fichier = tmp_path / "decisions.csv"
    fichier.write_text(
        "id;activite;decision;date;role\n100000001;fablabs;oui;2026-11-01;conseillère\n", "utf-8"
    )
    construit = _lancer(
        "atlas", "construire", "--sources", str(racine / "data/demo/sources/communes"), "--vers",
        str(tmp_path / "atlas"), PERENNE_DECISIONS=str(fichier),
    )  # fmt: skip
    assert "Décisions sans effet" in construit.stdout, construit.stderr


def test_a_departement_that_cannot_be_is_told() -> None:
    lance = _lancer("atlas", "construire", "--departements", "23,Creuse")
    assert lance.returncode == 2
    assert "CREUSE" in lance.stderr


def test_without_an_atlas_the_state_says_what_to_do(tmp_path: Path) -> None:
    etat = _lancer("atlas", "etat", PERENNE_ATLAS=str(tmp_path))
    assert etat.returncode == 1
    assert "perenne atlas telecharger" in etat.stdout


def test_a_wrong_folder_is_told_without_a_traceback(tmp_path: Path) -> None:
    lance = _lancer("atlas", "construire", "--sources", str(tmp_path / "absent"), "--vers", str(tmp_path))
    assert lance.returncode == 2
    assert "n'existe pas" in lance.stderr
    assert "Traceback" not in lance.stderr


def test_an_unknown_source_is_told_with_the_known_ones() -> None:
    lance = _lancer("atlas", "telecharger", "--source", "insee")
    assert lance.returncode == 2
    assert "insee_cog" in lance.stderr


def test_a_source_without_address_says_where_to_put_its_file(tmp_path: Path) -> None:
    lance = _lancer("atlas", "telecharger", "--source", "dgcl_frr", PERENNE_CACHE=str(tmp_path))
    assert lance.returncode == 0
    assert "adresse officielle du fichier inconnue" in lance.stdout
    assert "liste-communes-FRR" in lance.stdout


def test_what_is_downloaded_is_what_the_build_reads_by_default(
    racine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import datetime as dt

    from perenne.pipeline.notice import Notice
    from perenne.pipeline.reconnaissance import candidats, parcourir
    from perenne.services import telechargement_sources
    from perenne.services.reglages import lire_reglages
    from perenne.sources.registre import charger_notices

    cog = next(n for n in charger_notices() if n.id == "insee_cog")
    contenu = (racine / "data/demo/sources/communes/cog_communes_2026.csv").read_bytes()
    reglages = lire_reglages({"PERENNE_CACHE": str(tmp_path)})
    with servir(Comportement(contenu=contenu)) as url:
        adresse = url.replace("epcicom2026.xlsx", "v_commune_2026.csv")
        petite = cog.fichier.model_copy(update={"taille_min": 1})
        locale: Notice = cog.model_copy(update={"telechargement": adresse, "fichier": petite})
        monkeypatch.setattr(telechargement_sources, "charger_notices", lambda: (locale,))
        suivis: list[tuple[str, int, int | None]] = []
        bilan = telechargement_sources.telecharger_sources(
            reglages,
            ids=["insee_cog"],
            maintenant=dt.datetime(2026, 11, 23, tzinfo=dt.UTC),
            suivi=lambda *etape: suivis.append(etape),
        )
    assert [r.etat for _, r in bilan.recus] == ["telecharge"]
    assert suivis[-1] == ("insee_cog", len(contenu), len(contenu))
    trouves = candidats(cog, parcourir(reglages.cache))
    assert [f.chemin.read_bytes() for f in trouves] == [contenu]


def test_the_files_of_enterprises_are_downloaded_only_when_asked_for() -> None:
    from perenne.services import telechargement_sources

    defaut = {n.id for n in telechargement_sources.choisir_notices(())}
    tout = {n.id for n in telechargement_sources.choisir_notices((), entreprises=True)}
    assert "insee_sirene_unites" in tout - defaut
    assert any("cog" in i for i in defaut)
    assert [n.id for n in telechargement_sources.choisir_notices(("insee_sirene_unites",))] == [
        "insee_sirene_unites"
    ]


def test_without_a_network_the_download_says_so_once_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import datetime as dt

    from perenne.domain.erreurs import ErreurUtilisateur
    from perenne.services import telechargement_sources
    from perenne.services.reglages import lire_reglages
    from perenne.sources.registre import charger_notices

    modele = next(n for n in charger_notices() if n.id == "insee_cog")
    # Nothing listens on these ports: the system refuses at once, as it does without a network.
    locales = tuple(
        modele.model_copy(update={"id": f"s{i}", "telechargement": f"http://127.0.0.1:{port}/{i}.csv"})
        for i, port in enumerate((9, 11, 13))
    )
    monkeypatch.setattr(telechargement_sources, "charger_notices", lambda: locales)
    monkeypatch.setattr("time.sleep", lambda _: None)
    demandees: list[str] = []
    with pytest.raises(ErreurUtilisateur, match=r"Aucun serveur n'est joignable.*rien n'a changé") as erreur:
        telechargement_sources.telecharger_sources(
            lire_reglages({"PERENNE_CACHE": str(tmp_path / "cache")}),
            maintenant=dt.datetime(2026, 11, 23, tzinfo=dt.UTC),
            suivi=lambda source, *_: demandees.append(source),
        )
    assert "--sources" in str(erreur.value)
    assert demandees == ["s0", "s1"]
    assert not (tmp_path / "cache").exists()


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_an_interruption_says_what_is_kept_and_leaves_the_previous_atlas(
    racine: Path, tmp_path: Path
) -> None:
    (tmp_path / "ancien").mkdir()
    (tmp_path / "ancien" / "manifest.json").write_text("{}")
    (tmp_path / "actuel").write_text("ancien\n")
    sources = racine / "data" / "demo" / "sources" / "communes"
    with subprocess.Popen(
        [*PERENNE, "atlas", "construire", "--sources", str(sources), "--vers", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as lance:
        assert lance.stderr is not None
        for ligne in lance.stderr:
            if ligne.startswith("Lecture : Populations"):
                break
        lance.send_signal(signal.SIGINT)
        _, erreur = lance.communicate(timeout=60)
    assert lance.returncode == 130
    assert "Traceback" not in erreur
    assert "la même commande reprendra" in erreur
    assert erreur.endswith("Interrompu : rien n'a été modifié. Relancez la même commande.\n")
    assert (tmp_path / "actuel").read_text() == "ancien\n"
    assert sorted(p.name for p in tmp_path.iterdir()) == [".etapes", ".verrou", "actuel", "ancien"]
