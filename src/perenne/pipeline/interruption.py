"""Ctrl-C during a build: heard wherever it falls, even inside the engine, which says it in its own way."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def interruptible() -> Iterator[Callable[[], None]]:
    """Listen to Ctrl-C; gives a check to call before what cannot be undone.

    The engine turns an interruption into an error of its own, and one that falls in a callback is swallowed:
    both leave here as `KeyboardInterrupt`. Outside the main thread, where signals are not heard, it does
    nothing.

    Raises:
        KeyboardInterrupt: Ctrl-C was pressed.
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

    precedent = signal.signal(signal.SIGINT, noter)
    try:
        yield verifier
    except Exception as erreur:
        if recue:
            raise KeyboardInterrupt from erreur
        raise
    finally:
        signal.signal(signal.SIGINT, precedent)
