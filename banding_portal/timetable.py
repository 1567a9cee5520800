"""What Celery beat starts, and when. A setting of the portal, as `settings.py` has them."""

from celery.schedules import crontab

CELERY_BEAT_SCHEDULE = {
    "delete old files": {
        "task": "banding_portal.tasks.delete_old_files",
        "schedule": crontab(minute="40", hour="2"),
    },
    "seal the audit trail": {
        "task": "banding_portal.tasks.seal_audit_trail",
        "schedule": crontab(minute="*/15"),
    },
    "check the audit trail": {
        "task": "banding_portal.tasks.check_audit_trail",
        "schedule": crontab(minute="20", hour="3"),
    },
    "flag unusual looking": {
        "task": "schools.tasks.flag_unusual_looking",
        "schedule": crontab(minute="35", hour="3"),
    },
    "scan held documents": {
        "task": "banding_portal.tasks.scan_held_documents",
        "schedule": 60.0,
    },
    "resend lost jobs": {"task": "banding_portal.tasks.resend_jobs", "schedule": 20.0},
    "send notices": {"task": "banding_portal.tasks.send_notices", "schedule": 120.0},
    "tell finance systems": {"task": "funding.tasks.tell_finance_systems", "schedule": 60.0},
    "send digests": {
        "task": "banding_portal.tasks.send_digests",
        "schedule": crontab(minute="*/15", hour="7-11"),
    },
    "sweep kept forms": {
        "task": "banding_portal.tasks.sweep_kept_forms",
        "schedule": crontab(minute="25"),
    },
    "put arrivals on lists": {
        "task": "banding.tasks.put_arrivals_on_lists",
        "schedule": crontab(minute="10", hour="0-6/2"),
    },
    "tell of feedback": {
        "task": "moderation.tasks.tell_of_feedback",
        "schedule": crontab(minute="5", hour="7-18"),
    },
    "remind of evidence": {
        "task": "moderation.tasks.remind_of_evidence",
        "schedule": crontab(minute="20", hour="7-18"),
    },
    "remind of calibration": {
        "task": "moderation.tasks.remind_of_calibration",
        "schedule": crontab(minute="35", hour="7-18"),
    },
    "remind of challenges": {
        "task": "moderation.tasks.remind_of_challenges",
        "schedule": crontab(minute="50", hour="7-18"),
    },
    "remind of queries": {
        "task": "schools.tasks.remind_of_queries",
        "schedule": crontab(minute="15", hour="7-18"),
    },
    "remind of drafts": {
        "task": "funding.tasks.remind_of_drafts",
        "schedule": crontab(minute="55", hour="7-18"),
    },
    "tell of information sheets": {
        "task": "schools.tasks.tell_of_information_sheets",
        "schedule": crontab(minute="*/15", hour="7-18"),
    },
    "send reminders": {
        "task": "banding.tasks.send_reminders",
        "schedule": crontab(minute="*/15", hour="7-18"),
    },
}
