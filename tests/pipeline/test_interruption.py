"""Ctrl-C at any moment of a build."""

from __future__ import annotations

import contextlib
import os
import signal
import threading

import duckdb
import pytest

from perenne.pipeline.interruption import interruptible

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


def _ctrl_c() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def test_an_interruption_inside_a_query_is_not_an_error_of_the_engine() -> None:
    base = duckdb.connect()
    base.execute("SELECT 1")
    minuteur = threading.Timer(0.3, _ctrl_c)

    def travailler() -> None:
        with interruptible() as verifier:
            minuteur.start()
            base.execute("SELECT sum(a.range * b.range) FROM range(2000000) a, range(1000) b")
            minuteur.join()
            verifier()  # the query was over first, on a very fast machine

    with pytest.raises(KeyboardInterrupt):
        travailler()
    minuteur.join()


def test_an_interruption_swallowed_on_the_way_is_heard_before_what_cannot_be_undone() -> None:
    def travailler() -> None:
        with interruptible() as verifier:
            verifier()
            with contextlib.suppress(KeyboardInterrupt):
                _ctrl_c()
            verifier()

    with pytest.raises(KeyboardInterrupt):
        travailler()


def test_an_error_stays_an_error_and_the_previous_handler_comes_back() -> None:
    avant = signal.getsignal(signal.SIGINT)
    with pytest.raises(RuntimeError), interruptible():
        raise RuntimeError
    assert signal.getsignal(signal.SIGINT) is avant


def test_outside_the_main_thread_nothing_is_touched() -> None:
    vus: list[object] = []

    def faire() -> None:
        with interruptible() as verifier:
            verifier()
            vus.append(signal.getsignal(signal.SIGINT))

    fil = threading.Thread(target=faire)
    fil.start()
    fil.join()
    assert vus == [signal.getsignal(signal.SIGINT)]
