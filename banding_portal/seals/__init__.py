"""A chain over the audit trail, so that what was changed afterwards is found (rules.md A1)."""
