"""What people may type on the pages of banding."""
