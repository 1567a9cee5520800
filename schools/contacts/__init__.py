"""Whom the authority speaks to at each school, kept by the school itself (rules.md S15)."""
