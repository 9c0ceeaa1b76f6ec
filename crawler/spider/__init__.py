"""The one spider: it visits resorts side by side and hands over a :class:`~uphill.recording.visit.ResortVisit` each.

``resorts`` has the spider, ``visiting`` one visit from its start to its end, ``fetching`` one fetch,
``examine`` what a page turned out to be, ``readers`` where it is read, ``frontier`` and ``sitemaps`` where to look
next, ``judge`` how a visit ended, ``network`` whether there is one, ``recorder`` puts visits into the database.
"""
