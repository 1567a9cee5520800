"""Collections: banding exercises and termly rounds."""
