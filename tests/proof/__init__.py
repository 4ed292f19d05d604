"""Proof by force: what is stored survives kills, power cuts and trouble."""
