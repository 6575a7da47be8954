"""Counts are said in French that can be read aloud."""

from __future__ import annotations

import pytest

from perenne.pipeline.comparaison.resultat import Compte, Nature
from perenne.reports.comparaison.phrases import Libelles, dire

LIBELLES = Libelles(
    zonages={"frr": "France ruralités revitalisation"},
    indicateurs={"tx": "Chômage"},
    activites={"fablabs": "Fab-labs"},
)


def _compte(  # noqa: PLR0917  (a row of a table of examples)
    table: str, nature: Nature, groupe: tuple[str, ...], colonne: str, n: int, passage: tuple[str, str] | None
) -> Compte:
    avant, apres = passage or (None, None)
    return Compte(
        table=table, nature=nature, groupe=groupe, colonne=colonne, avant=avant, apres=apres, nombre=n
    )


@pytest.mark.parametrize(
    ("compte", "attendu"),
    [
        (("territoire", "change", ("commune",), "epci", 12, None), "12 communes ont changé d'EPCI"),
        (("territoire", "change", ("commune",), "epci", 1, None), "1 commune a changé d'EPCI"),
        (("territoire", "apparu", ("commune",), "", 3, None), "3 communes sont apparues"),
        (("territoire", "apparu", ("epci",), "", 1, None), "1 EPCI est apparu"),
        (("territoire", "disparu", ("qpv",), "", 2, None), "2 quartiers prioritaires ont disparu"),
        (
            ("appartenance", "apparu", ("frr", "commune"), "", 120, None),
            "120 communes sont entrées dans « France ruralités revitalisation »",
        ),
        (("appartenance", "disparu", ("zrr", "epci"), "", 1, None), "1 EPCI est sorti de « zrr »"),
        (
            ("appartenance", "change", ("frr", "commune"), "classement", 2, ("socle", "plus")),
            "2 communes ont changé de classement (socle → plus) dans « France ruralités revitalisation »",
        ),
        (
            ("valeur", "change", ("tx", "epci"), "valeur", 44, None),
            "44 valeurs d'EPCI ont changé, indicateur « Chômage »",
        ),
        (
            ("composition", "apparu", ("epci",), "", 2, None),
            "2 rattachements de communes à un EPCI sont apparus",
        ),
        (("entreprise", "change", (), "etat", 14, ("active", "fermee")), "14 entreprises ont fermé"),
        (
            ("entreprise", "change", (), "commune", 1, None),
            "1 entreprise a changé de commune (déménagement ou fusion)",
        ),
        (("entreprise", "change", (), "naf", 5, None), "5 entreprises ont changé d'activité principale"),
        (("etablissement", "change", (), "etat", 1, ("actif", "ferme")), "1 établissement a fermé"),
        (
            ("structure", "change", (), "activites", 3, None),
            "3 structures ont changé d'activités (d'utilité sociale)",
        ),
        (("structure", "apparu", (), "", 1, None), "1 structure a une première activité"),
        (("structure", "disparu", (), "", 2, None), "2 structures n'ont plus aucune activité"),
        (
            ("entreprise_activite", "apparu", ("fablabs",), "", 2, None),
            "2 activités reconnues sont apparues (« Fab-labs »)",
        ),
        (
            ("entreprise_activite", "change", ("fablabs",), "confiance", 1, ("moyenne", "haute")),
            "1 activité reconnue a changé de confiance (moyenne → haute) (« Fab-labs »)",
        ),
        (("inconnue", "apparu", (), "", 2, None), "2 lignes de « inconnue » sont apparues"),
        (
            ("source", "change", (), "url", 1, None),
            "1 source a changé (colonne « url »)",
        ),
    ],
)
def test_a_count_is_a_sentence(
    compte: tuple[str, Nature, tuple[str, ...], str, int, tuple[str, str] | None], attendu: str
) -> None:
    assert dire(_compte(*compte), LIBELLES).replace("\u202f", " ") == attendu
