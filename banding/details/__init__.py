"""Names, birth dates and UPNs that a school says are wrong."""
