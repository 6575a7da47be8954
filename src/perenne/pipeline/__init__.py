"""Builds an atlas: runner, layers, assertions, publication."""
