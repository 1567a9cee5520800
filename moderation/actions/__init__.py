"""What a person may do with cases and samples now."""
