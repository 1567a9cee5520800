"""Finance systems that are told when a run is published (F21)."""
