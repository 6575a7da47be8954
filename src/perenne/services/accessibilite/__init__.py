"""The declaration of accessibility: what was verified, how, and what is left to people."""
