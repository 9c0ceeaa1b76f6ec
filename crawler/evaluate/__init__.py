"""How right the extraction is: readings against labelled pages."""
