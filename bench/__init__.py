"""Measurements: what the house costs beside the bare database. Ratios matter; the figures are of one machine."""
