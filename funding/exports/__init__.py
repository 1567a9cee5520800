"""Files that leave the portal: schedules and statements. Stored lines only (rules.md F9, F11)."""
