"""The roll-over on 1 September."""
