"""Reading one YAML file: what comes out, where it stands, and that nothing makes it crash."""

from __future__ import annotations

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from perenne.kb.lecture import lire_yaml

ECRIT = """\
a: 1
b:
  - x
  - c: 2
    d: "3"
"""

simples = st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8"), max_size=20)
valeurs = st.recursive(
    simples,
    lambda v: st.lists(v, max_size=3) | st.dictionaries(st.text(max_size=6), v, max_size=3),
    max_leaves=12,
)


def _muet(*_: object) -> None:
    """Anomalies are not looked at."""


def test_lines_are_those_of_the_file_and_of_the_nearest_ancestor() -> None:
    document = lire_yaml(ECRIT.encode(), _muet)
    assert document is not None
    assert document.valeur == {"a": 1, "b": ["x", {"c": 2, "d": "3"}]}
    assert [document.ligne(c) for c in ((), ("a",), ("b",), ("b", 1), ("b", 1, "d"), ("b", 1, "z"))] == [
        1, 1, 2, 4, 5, 4,
    ]  # fmt: skip


def test_a_bottomless_nesting_is_explained() -> None:
    dits: list[tuple[int, str, str]] = []
    assert lire_yaml(b"[" * 20_000 + b"]" * 20_000, lambda *a: dits.append(a)) is None
    assert len(dits) == 1


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=8), valeurs, max_size=4))
def test_what_an_editor_quotes_is_read_back_unchanged(table: dict[str, object]) -> None:
    dits: list[object] = []
    document = lire_yaml(yaml.safe_dump(table).encode(), lambda *a: dits.append(a))
    assert dits or (document is not None and document.valeur == table)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda t: t.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_explained(octets: bytes) -> None:
    dits: list[tuple[int, str, str]] = []
    document = lire_yaml(octets, lambda *a: dits.append(a))
    assert document is not None or dits
    assert all(ligne >= 1 and message and conseil for ligne, message, conseil in dits)
