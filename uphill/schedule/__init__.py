"""What runs by itself: crawls of what is due, and what depends on the day. ``uphill schedule`` runs it."""
