"""A small web of invented resorts, served on loopback, to show and test the whole crawl without internet.

``sites`` has the shapes of what is served, ``resorts`` reads the carried web (``sites.toml`` and
``pages/``), ``answers`` decides what a request gets, ``requestlog`` remembers it, ``server`` serves.
"""
