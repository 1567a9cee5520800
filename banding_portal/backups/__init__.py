"""A backup to be trusted: one file, compared with what it was made of once restored (Q17)."""
