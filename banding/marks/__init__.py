"""Pupils whom a message of return is about, until somebody at the school has looked at each."""
