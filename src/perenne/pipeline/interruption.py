"""Ctrl-C during a build, or the signal to end: heard wherever it falls, even inside the engine.

The engine says it in its own way.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def interruptible() -> Iterator[Callable[[], None]]:
    """Listen to Ctrl-C and to the signal to end; gives a check to call before what cannot be undone.

    The engine turns an interruption into an error of its own, and one that falls in a callback is swallowed:
    both leave here as `KeyboardInterrupt`. Outside the main thread, where signals are not heard, it does
    nothing.

    Raises:
        KeyboardInterrupt: Ctrl-C was pressed, or the process was told to end.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda: None
        return
    recue = False

    def noter(signum: int, cadre: FrameType | None) -> None:
        nonlocal recue
        recue = True
        raise KeyboardInterrupt

    def verifier() -> None:
        if recue:
            raise KeyboardInterrupt

    precedents = {s: signal.signal(s, noter) for s in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield verifier
    except Exception as erreur:
        if recue:
            raise KeyboardInterrupt from erreur
        raise
    finally:
        for numero, precedent in precedents.items():
            signal.signal(numero, precedent)
