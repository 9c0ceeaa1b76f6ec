"""What people set right: pins of curators, and what readers say is wrong."""
