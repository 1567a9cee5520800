"""How a year stands: what is spent, committed and forecast against the budget (F19)."""
