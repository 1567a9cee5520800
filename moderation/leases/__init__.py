"""How long a case stays with a moderator who has not begun it (rules.md M4)."""
