"""Messages to operators and to those who follow a resort or a region, sent by Apprise."""
