"""What the recommendation is worth against the cases, beside what is simpler than it."""
