"""What is done with queries: asking, answering, merging, publishing."""
