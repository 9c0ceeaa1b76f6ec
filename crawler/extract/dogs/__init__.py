"""Dogs: which of them a ban is on, and the hours told for them."""
