"""Which page of a site holds its uphill policy: judged from links and sitemaps, before anything is fetched."""
