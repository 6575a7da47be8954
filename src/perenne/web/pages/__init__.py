"""Pages about the site itself: data, method, accessibility, legal notice, site map, health."""
