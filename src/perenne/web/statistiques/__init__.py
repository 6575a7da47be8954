"""How much the site is used: counts by day, kind of page and status; no address, no visitor."""
