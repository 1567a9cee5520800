"""What changes decisions, returns and collections; one module a noun."""
