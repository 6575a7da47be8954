"""Settings of the server: as many processes as asked, each with a few threads for slow visitors."""

from __future__ import annotations

import gc
import os

preload_app = True
workers = int(os.environ.get("PERENNE_WEB_PROCESSUS") or 2)
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 20
# Longer than a proxy keeps its own side (60 s as a rule): what is sent on a connection that has just been
# closed here is lost, and a form is not sent twice. It holds no thread.
keepalive = 75
max_requests = 20_000
max_requests_jitter = 2_000
limit_request_line = 4_094
errorlog = "-"
loglevel = "warning"
control_socket_disable = True


def when_ready(server: object) -> None:
    """What was read before the workers are born stays out of the collections of each: it is never garbage."""
    del server
    gc.collect()
    gc.freeze()
