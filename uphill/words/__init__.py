"""Facts, times, lengths and whole policies in words for people."""
