"""Every email once, on record, whatever happens to the worker or the mail server (rules.md R2)."""
