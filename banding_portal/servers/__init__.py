"""The embedded PostgreSQL and Redis-protocol server for demonstration, development and tests.

Everything lives under `.local/` of the clone. `DATABASE_URL` and `REDIS_URL` in the environment
replace the one, the other or both. Nothing here needs Django, and production needs nothing here.
"""
