"""Documentation is a contract: undocumented settings, broken links, unnumbered decisions fail."""

from __future__ import annotations

import re
from pathlib import Path

VARIABLE = re.compile(r"\bPERENNE_[A-Z_]+\b")
LIEN = re.compile(r"\]\((?!https?://|mailto:|#)([^)\s#]+)(?:#[^)]*)?\)")


def test_every_setting_read_by_the_code_is_documented(racine: Path) -> None:
    lues = {
        v
        for dossier in ("src", "tests")
        for f in (racine / dossier).rglob("*.py")
        for v in VARIABLE.findall(f.read_text(encoding="utf-8"))
    }
    page = (racine / "docs/reference/reglages.md").read_text(encoding="utf-8")
    assert lues
    assert lues <= set(VARIABLE.findall(page))


def test_every_documented_setting_exists_in_the_code(racine: Path) -> None:
    page = (racine / "docs/reference/reglages.md").read_text(encoding="utf-8")
    code = " ".join(
        f.read_text(encoding="utf-8") for d in ("src", "tests") for f in (racine / d).rglob("*.py")
    )
    assert all(v in code for v in VARIABLE.findall(page))


def test_every_relative_link_of_the_pages_leads_somewhere(racine: Path) -> None:
    pages = [*racine.glob("*.md"), *(racine / "docs").rglob("*.md"), *(racine / "src").rglob("*.md")]
    perdus = [
        f"{page.relative_to(racine)} → {cible}"
        for page in pages
        for cible in LIEN.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / cible).exists()
    ]
    assert not perdus


def test_every_page_is_reached_from_the_index(racine: Path) -> None:
    docs = racine / "docs"
    vues, suite = set(), [docs / "README.md"]
    while suite:
        page = suite.pop()
        if page not in vues:
            vues.add(page)
            cibles = ((page.parent / c).resolve() for c in LIEN.findall(page.read_text(encoding="utf-8")))
            suite += [c for c in cibles if c.suffix == ".md" and c.is_file() and c.is_relative_to(docs)]
    assert [str(p.relative_to(docs)) for p in sorted(set(docs.rglob("*.md")) - vues)] == []


def test_decisions_are_numbered_once_and_carry_their_parts(racine: Path) -> None:
    decisions = sorted((racine / "docs/adr").glob("*.md"))
    numeros = [d.name[:4] for d in decisions if d.name != "README.md"]
    assert len(numeros) == len(set(numeros))
    for decision in decisions:
        if decision.name == "README.md":
            continue
        texte = decision.read_text(encoding="utf-8")
        assert re.match(r"^\d{4}-[a-z0-9-]+\.md$", decision.name)
        assert "## Contexte" in texte, decision.name
        assert "## Décision" in texte, decision.name
