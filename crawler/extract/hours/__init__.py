"""Times that a page names, whose they are, and what they come to: windows, and rules in and out of lift hours."""
