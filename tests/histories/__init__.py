"""Histories: what several people did at once, explained by some order."""
