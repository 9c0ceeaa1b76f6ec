"""Lines that say what they do together with the line above them."""
