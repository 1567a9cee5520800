"""What changes schools, people and pupils: one verb each, one transaction."""
