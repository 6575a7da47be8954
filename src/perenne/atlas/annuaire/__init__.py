"""The directory of the enterprises of an atlas: found by name, filtered, counted."""
