"""Which resorts a page speaks of."""
