"""Reminders before and after a deadline."""
