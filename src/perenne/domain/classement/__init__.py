"""Which activities of social utility a text speaks of: evidence, probability, confidence, human decisions."""
