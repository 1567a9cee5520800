"""Sessions in the database, each of which knows when it ends."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.utils import timezone


class SessionStore(DatabaseSessions):
    ends_at: datetime | None = None

    def load(self) -> dict[str, Any]:
        row = self._get_session_from_db()  # type: ignore[attr-defined]
        if row is None:
            return {}
        self.ends_at = row.expire_date
        return self.decode(row.session_data)


def seconds_left(session: Any) -> int:
    """Until the session ends; saving it, for whatever reason, lets it begin anew."""
    ends_at = getattr(session, "ends_at", None)
    if ends_at is None:
        return int(session.get_expiry_age())
    return max(0, int((ends_at - timezone.now()).total_seconds()))
