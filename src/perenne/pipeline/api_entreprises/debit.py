"""How fast the service is asked, and when to stop asking."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PAR_SECONDE = 6.0
"""Requests a second; the service accepts 7 from one address, and a network may share one address."""
ECHECS_AVANT_ARRET = 5
PAUSE = 300.0
"""Seconds without any request once the service is seen as down."""
PAUSE_MAX = 3600.0
"""Seconds; a longer pause asked by the service is cut to this."""


@dataclass
class Limiteur:
    """Spaces the requests evenly.

    Attributes:
        horloge: seconds that never go back.
        attendre: sleeps that many seconds.
    """

    horloge: Callable[[], float]
    attendre: Callable[[float], None]
    par_seconde: float = PAR_SECONDE
    _prochaine: float = float("-inf")

    def passer(self) -> None:
        """Wait for one's turn."""
        maintenant = self.horloge()
        if maintenant < self._prochaine:
            self.attendre(self._prochaine - maintenant)
            maintenant = self._prochaine
        self._prochaine = maintenant + 1.0 / self.par_seconde


@dataclass
class Disjoncteur:
    """Stops asking a service that is down, also from one run of the command to the next.

    Attributes:
        fichier: where the end of the pause is kept.
        horloge: seconds since 1970, the same from one run to the next.
    """

    fichier: Path
    horloge: Callable[[], float]
    echecs: int = 0

    def reste(self) -> float:
        """Seconds before the service may be asked again; 0 when it may be now."""
        try:
            jusqu_a = float(json.loads(self.fichier.read_text(encoding="utf-8"))["jusqu_a"])
        except (OSError, ValueError, KeyError, TypeError):
            return 0.0
        # A clock set back must not close the service for ever.
        return min(max(0.0, jusqu_a - self.horloge()), PAUSE_MAX)

    def reussir(self) -> None:
        """The service answered."""
        self.echecs = 0
        self.fichier.unlink(missing_ok=True)

    def echouer(self) -> bool:
        """The service failed; True when it must be left alone from now on."""
        self.echecs += 1
        if self.echecs < ECHECS_AVANT_ARRET:
            return False
        self.ouvrir(PAUSE)
        return True

    def ouvrir(self, duree: float) -> None:
        """Ask nothing for `duree` seconds."""
        self.fichier.parent.mkdir(parents=True, exist_ok=True)
        neuf = self.fichier.with_name(f"{self.fichier.name}.neuf")
        neuf.write_text(json.dumps({"jusqu_a": self.horloge() + min(duree, PAUSE_MAX)}), encoding="utf-8")
        neuf.replace(self.fichier)
