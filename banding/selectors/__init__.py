"""What banding tells the pages and the other apps; one module a noun."""
