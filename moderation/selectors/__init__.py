"""What moderation reads: one module a noun."""
