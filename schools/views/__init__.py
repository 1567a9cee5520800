"""Pages of schools, people and pupils."""
