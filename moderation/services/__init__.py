"""What moderation changes: one module a noun, one transaction a verb."""
