"""Bans of going up: how far they reach, and where they stand."""
