"""Ways up: their names in prose, lists and tables, and what is told of each."""
