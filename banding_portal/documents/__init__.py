"""Documents people send in: checked by their content, scanned, kept for a time, read by few."""
