"""Templates: the workbooks schools fill in, out and in."""
