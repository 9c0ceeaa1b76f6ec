"""What one goes up on, and what one wears or carries."""
