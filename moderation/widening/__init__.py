"""Schools whose bands moderators often differ from, and judging more there (rules.md M6)."""
