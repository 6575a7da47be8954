"""The cases of the study and those added."""
