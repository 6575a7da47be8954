"""Which legal units belong to the ESS, why, and under which name the same one is known elsewhere."""
