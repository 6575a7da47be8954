"""The one-pass pattern automaton, and the learnt numbers kept beside it."""
