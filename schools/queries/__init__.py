"""Queries: a school asks, the authority or its Inclusion Partner answers."""
