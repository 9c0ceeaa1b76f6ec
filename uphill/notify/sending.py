"""The way out: one message to one URL, by Apprise. Nothing here prints a URL, since most carry a password."""

import warnings

with warnings.catch_warnings():
    # Its plugin for mail imports what Python 3.13 has no more; it copes with that by itself.
    warnings.filterwarnings("ignore", "'imghdr' is deprecated", DeprecationWarning)
    import apprise

    apprise.Apprise.instantiate("json://localhost")  # all plugins are imported with the first


def is_usable(url: str) -> bool:
    """Whether Apprise knows what to do with the URL; says nothing of whether it can be reached."""
    return apprise.Apprise.instantiate(url, suppress_exceptions=True) is not None
