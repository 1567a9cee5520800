"""Cases judged besides the random ones, by rule or by hand (rules.md M3)."""
