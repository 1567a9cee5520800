"""Files that a council's ledger loads: a balanced journal and the payables of a run (F18)."""
