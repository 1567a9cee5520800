"""Resources: documents and links of the authority for an audience, in versions (rules.md R9)."""
