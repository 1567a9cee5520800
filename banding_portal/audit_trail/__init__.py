"""Reading the audit trail: which rows changed, when, by whom, from what to what."""
