"""The levers: who may pull them, when, and what to do first."""
