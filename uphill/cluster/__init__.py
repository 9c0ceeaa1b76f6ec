"""Workers on any number of machines: what is due, in jobs of resorts on different sites, on one PostgreSQL."""
