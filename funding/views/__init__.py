"""Pages of funding. HTTP only: reading is in selectors, changing in services."""
