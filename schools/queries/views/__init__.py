"""Pages of queries, and of the questions and answers made of them."""
