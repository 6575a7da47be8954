"""Pérenne: help local public decision-makers make ESS enterprises last in fragile territories."""

__version__ = "0.1.0"
