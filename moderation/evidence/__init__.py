"""Evidence a school is asked for about one case, and its answer (rules.md M5)."""
