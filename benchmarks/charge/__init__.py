"""What the site holds when twenty requests come each second (see `benchmarks/charge_web.py`)."""
