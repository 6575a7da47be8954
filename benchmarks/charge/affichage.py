"""A page as Chromium receives and paints it: bytes transferred, Largest Contentful Paint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

CHROMIUM = "/usr/bin/chromium"
OPTIONS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
OBSERVER = """
new Promise(fini => {
  let dernier = 0;
  new PerformanceObserver(liste => { for (const e of liste.getEntries()) dernier = e.startTime; })
    .observe({type: 'largest-contentful-paint', buffered: true});
  setTimeout(() => fini(dernier), 300);
})
"""


@dataclass(frozen=True, kw_only=True)
class Reseau:
    """A network and a processor as Chromium imitates them.

    Attributes:
        latence_ms: added to each request, until the first byte of its answer.
        debit, montant: bits a second, down and up.
        ralenti: how many times slower the processor is.
    """

    nom: str
    latence_ms: float
    debit: float
    montant: float
    ralenti: float


LIGHTHOUSE = Reseau(
    nom="« Slow 4G » de Lighthouse (150 ms, 1,6 Mbit/s, processeur 4 fois plus lent)",
    latence_ms=150 * 3.75,
    debit=1.6 * 1024 * 1024 * 0.9,
    montant=750 * 1024 * 0.9,
    ralenti=4,
)
"""Its standard for phones (`mobileSlow4G`), with the factors that it uses itself where Chromium throttles."""

RAPIDE = Reseau(
    nom="« Fast 4G » des outils de Chrome (165 ms, 8,1 Mbit/s)",
    latence_ms=60 * 2.75,
    debit=9e6 * 0.9,
    montant=1.5e6 * 0.9,
    ralenti=1,
)


@dataclass(frozen=True)
class Affichage:
    """What a first view took: bytes on the wire, headers included; milliseconds to the largest paint."""

    octets: int
    lcp_ms: float


def afficher(navigateur: Any, adresse: str, reseau: Reseau) -> Affichage:
    """One first view, with an empty cache, at the width of a phone."""
    contexte = navigateur.new_context(viewport={"width": 360, "height": 800}, bypass_csp=True)
    page = contexte.new_page()
    lien = contexte.new_cdp_session(page)
    recus: list[float] = []
    lien.on("Network.loadingFinished", lambda e: recus.append(e["encodedDataLength"]))
    lien.send("Network.enable")
    lien.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": reseau.latence_ms,
            "downloadThroughput": reseau.debit / 8,
            "uploadThroughput": reseau.montant / 8,
        },
    )
    lien.send("Emulation.setCPUThrottlingRate", {"rate": reseau.ralenti})
    page.goto(adresse, wait_until="load")
    lcp = float(page.evaluate(OBSERVER))
    contexte.close()
    return Affichage(int(sum(recus)), lcp)
