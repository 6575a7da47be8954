"""The enterprises of the atlas: found, shown with their reasons, corrected by those who know them."""
