"""The private address from which a person's own calendar reads the days of their collections."""
