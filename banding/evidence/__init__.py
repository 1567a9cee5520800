"""Evidence of the provision in place, with an application at SEN Support (rules.md B13)."""
