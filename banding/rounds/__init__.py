"""Rounds by exception: who is rolled forward, and what a school is asked (rules.md B10)."""
