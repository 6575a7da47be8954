"""Levers: read an enterprise and an actor, recommend, evaluate, cross."""
