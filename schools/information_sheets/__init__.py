"""Information sheets: what the authority tells an audience, and who has read it (R4)."""
