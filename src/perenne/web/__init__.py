"""The web application and its API: pages and JSON over the services, nothing of its own but screens."""
