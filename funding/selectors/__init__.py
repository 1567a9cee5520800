"""What funding reads. Nothing here works an amount out again (rules.md F9)."""
