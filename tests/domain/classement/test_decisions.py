"""A person's decision wins over everything."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from perenne.domain.classement.decisions import DecisionHumaine, appliquer, decisions_de, indexer
from perenne.domain.classement.types import Confiance, Etiquette, Fiche

JOUR = dt.date(2026, 11, 2)
ACTIVITES = ("festivals", "fablabs", "coworking")


def decision(
    activite: str, retenue: bool, *, cle: str = "A1", date: dt.date = JOUR, role: str = "conseillère"
) -> DecisionHumaine:
    return DecisionHumaine(cle=cle, activite=activite, retenue=retenue, date=date, role=role)


def etiquette(activite: str, confiance: Confiance = "haute") -> Etiquette:
    return Etiquette(activite=activite, confiance=confiance, probabilite=0.95, origine="registre")


@given(
    donnees=st.sets(st.sampled_from(ACTIVITES)),
    reponses=st.dictionaries(st.sampled_from(ACTIVITES), st.booleans()),
)
def test_a_decision_always_wins_and_touches_nothing_else(
    donnees: set[str], reponses: dict[str, bool]
) -> None:
    fiche = Fiche(id="A1")
    index = indexer([decision(a, r) for a, r in reponses.items()])
    apres = {
        e.activite for e in appliquer([etiquette(a) for a in sorted(donnees)], decisions_de(fiche, index))
    }
    oui = {a for a, r in reponses.items() if r}
    assert apres == (donnees - reponses.keys()) | oui


def test_a_kept_decision_says_who_and_when_and_is_certain() -> None:
    (gardee,) = appliquer([], {"fablabs": decision("fablabs", True)})
    assert (gardee.confiance, gardee.probabilite, gardee.origine) == ("haute", 1.0, "decision")
    assert gardee.indices[0].mots == "2026-11-02, conseillère"


def test_the_latest_decision_wins_whatever_the_order_of_the_lines() -> None:
    ancienne = decision("fablabs", True, date=dt.date(2026, 1, 5))
    recente = decision("fablabs", False, date=dt.date(2026, 6, 5))
    for ordre in ([ancienne, recente], [recente, ancienne]):
        assert not indexer(ordre)["A1"]["fablabs"].retenue


def test_a_siret_is_found_by_the_siren_of_the_decision() -> None:
    index = indexer([decision("fablabs", True, cle="123 456 782")])
    assert "fablabs" in decisions_de(Fiche(id="x", numero="12345678200017"), index)
    assert not decisions_de(Fiche(id="x", numero="98765432100017"), index)
