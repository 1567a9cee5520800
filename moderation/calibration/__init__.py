"""Training cases with a settled band, which every moderator judges before and during."""
