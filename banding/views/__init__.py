"""Pages of banding."""
