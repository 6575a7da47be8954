"""The directory of the enterprises: their names, the order in which they are shown, what filters them."""
