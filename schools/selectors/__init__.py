"""What reads schools, people and pupils."""
