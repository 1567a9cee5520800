"""What funding changes, a verb each."""
