"""Sections on going up, on pages about more than that."""
