"""OpenID Connect: what is said to the identity provider, and what is believed of its answers."""
