"""What a visit found becomes what is known: recorded in one transaction, believed, doubted, kept or ended."""
