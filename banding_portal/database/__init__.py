"""Two roles of the database: an owner, who migrates, and the portal's own, with what it needs."""
