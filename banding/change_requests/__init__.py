"""Requests to change a band after the return was accepted (rules.md B14)."""
