"""Who may open each address of training and visits."""

from tests.access.people import (
    AUDITOR,
    BANDING_SCHOOL,
    EVERYBODY,
    FOLLOWERS,
    PARTNER,
    RUNNERS,
)
from tests.access.rule import Rule, change, rule

TRAINING = {
    # What there is for oneself; all of it for who follows training.
    "training_list": Rule(EVERYBODY),
    "training_detail": Rule(EVERYBODY, objects={"pk": "training"}),
    # Back, for who has watched it already, or for whom it is no recording.
    "training_sign_up": Rule(EVERYBODY, objects={"pk": "training"}),
    "training_watch": rule(*EVERYBODY, get=302, pk="training"),
    # Back, for who has no place.
    "training_give_up": rule(*EVERYBODY, get=302, pk="training"),
    "training_calendar": Rule(EVERYBODY, objects={"pk": "training"}),
    "training_create": rule(*RUNNERS),
    "training_edit": rule(*RUNNERS, pk="training"),
    "training_cancel": rule(*RUNNERS, pk="training"),
    "training_people": rule(*FOLLOWERS, pk="training"),
    # Back, while it has not begun.
    "training_attendance": rule(*RUNNERS, get=302, pk="training"),
    "untrained_list": rule(*FOLLOWERS, PARTNER),
    "untrained_remind": change(*RUNNERS),
    # Of one's own schools; not for who judges blind (M9).
    "visit_list": rule(*BANDING_SCHOOL, *RUNNERS, PARTNER, AUDITOR),
    "visit_create": rule(*RUNNERS, PARTNER),
    # Back, for who was not there themselves.
    "visit_edit": rule(*RUNNERS, PARTNER, get={200, 302}, pk="visit"),
}
