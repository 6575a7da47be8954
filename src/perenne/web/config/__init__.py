"""Settings, addresses, server and logs of the web application."""
