"""Use cases about an enterprise: read its file, import its accounts, diagnose, write the answer."""
