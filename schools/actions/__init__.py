"""What a person may do with people, pupils and schools now."""
