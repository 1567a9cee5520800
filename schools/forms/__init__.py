"""Forms of schools, people and pupils."""
