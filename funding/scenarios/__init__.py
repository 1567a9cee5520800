"""Scenarios: what values, protection and growth would cost before they are real (rules.md F14)."""
