"""Messages to operators and to those who follow a resort or a region, sent by Apprise."""

from uphill.notify.delivery import Delivered, given_up, notify_due, prune

__all__ = ["Delivered", "given_up", "notify_due", "prune"]
