"""Training: sessions and recordings, who signed up and who was there; visits (rules.md R7, R8)."""
