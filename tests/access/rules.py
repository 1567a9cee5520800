"""Who may open each address: product.md's table of people, written down away from the views.

Where a rule gives more or less than that table says on its face, a comment says why.
"""

from banding_portal.public_texts.choices import PublicTextKind
from tests.access.moderation_rules import MODERATION_PAGES
from tests.access.money_rules import FUNDING
from tests.access.people import (
    ADMIN,
    AUDITOR,
    AUTHORISER,
    AUTHORITY,
    BANDING_SCHOOL,
    EVERYBODY,
    FINANCE,
    FOLLOWERS,
    HEAD,
    LEAD,
    MONEY,
    OFFICE,
    OFFICER,
    PARTNER,
    RUNNERS,
    SCHOOL,
    SEES_PUPILS,
    SENCO,
)
from tests.access.resource_rules import RESOURCES
from tests.access.rule import Rule, change, rule
from tests.access.training_rules import TRAINING

SHARED_PAGES = {
    "home": Rule(EVERYBODY),
    # What is found is looked at in tests/access/test_finding.py.
    "find": Rule(EVERYBODY),
    # What one is told by email: everybody's own choice. Nobody else's news opens.
    "notices": Rule(EVERYBODY),
    "open_news": Rule(EVERYBODY, get=frozenset({404}), objects={"pk": "notice"}),
    "session": Rule(EVERYBODY),  # When one’s own ends; posted to by who wants to stay.
    # Help says the same to everybody, signed in or not; the tour is a person's own.
    "help": Rule(EVERYBODY, public=True),
    "help_all": Rule(EVERYBODY, public=True),
    "help_words": Rule(EVERYBODY, public=True),
    "help_topic": Rule(EVERYBODY, objects={"slug": "=home"}, public=True),
    "tour": change(*EVERYBODY),
    # What the law wants everybody to be able to read, written by the administrator.
    **{name: Rule(EVERYBODY, public=True) for name in PublicTextKind.values},
    **{f"{name}_edit": rule(ADMIN) for name in PublicTextKind.values},
    "audit": rule(AUDITOR),
    "sign_in_list": rule(ADMIN, AUDITOR),
    # What went out by email and how; an administrator opens one.
    "mail_list": rule(ADMIN, AUDITOR),
    # GOV.UK Notify, which shows a token; without one in the settings there is no such address.
    "mail_receipt": Rule(EVERYBODY, get=frozenset({405}), public=True),
    "mail_detail": rule(ADMIN, source="=notice", row="notice"),
    "mail_again": change(ADMIN, source="=notice", row="notice"),
    # Found in the demonstration alone, whose people and pupils are all invented.
    "demo_mail_list": Rule(EVERYBODY),
    "demo_mail_detail": Rule(EVERYBODY, objects={"name": "=mail.log", "number": "=1"}),
}

SCHOOLS = {
    # A school's own people have one school, and come to it from their home.
    "school_find": rule(*EVERYBODY),
    "school_list": rule(*AUTHORITY, PARTNER, write=(ADMIN,)),
    "school_detail": Rule(EVERYBODY, frozenset({ADMIN}), {"pk": "school"}),
    "arrangement_list": rule(*RUNNERS, AUDITOR),
    "arrangement_create": rule(*RUNNERS),
    "arrangement_edit": rule(*RUNNERS, pk="arrangement"),
    "conversion_list": rule(*RUNNERS, AUDITOR),
    "conversion": rule(*RUNNERS, pk="closed_school"),
    # A school's sector is no secret, and its people are the whole authority's.
    "sector_correct": rule(*RUNNERS, pk="former_sector"),
    "quadrant_list": rule(ADMIN, LEAD, AUDITOR, write=(ADMIN,)),
    "quadrant_edit": rule(ADMIN, pk="quadrant"),
    "quadrant_upload": rule(ADMIN),
    "quadrant_upload_detail": rule(ADMIN, AUDITOR, write=(ADMIN,), pk="quadrant_upload"),
    "quadrant_export": rule(ADMIN, LEAD, AUDITOR),
    "pupil_list": rule(*SEES_PUPILS),
    "pupil_create": rule(OFFICER),
    "pupil_detail": rule(*SEES_PUPILS, pk="pupil"),
    "look_list": rule(AUDITOR),
    "look_detail": rule(AUDITOR, pk="look"),
    "look_printed": Rule(EVERYBODY, get=frozenset({405})),
    "unusual_list": rule(AUDITOR),
    "unusual_day": rule(AUDITOR, pk="unusual_day"),
    "pupil_looks": rule(SENCO, HEAD, AUDITOR, pk="pupil"),
    "pupil_edit": rule(OFFICER, pk="pupil"),
    "placement_add": rule(OFFICER, pk="pupil"),
    "plan_add": rule(OFFICER, pk="pupil"),
    "placement_end": rule(OFFICER, pk="placement"),
    "plan_end": rule(OFFICER, pk="plan"),
    "placement_correct": rule(OFFICER, pk="placement"),
    "placement_remove": rule(OFFICER, pk="placement"),
    "plan_correct": rule(OFFICER, pk="plan"),
    "plan_remove": rule(OFFICER, pk="plan"),
    "fact_correct": rule(OFFICER, pk="former_fact"),
    "fact_remove": rule(OFFICER, pk="former_fact"),
    "correction_undo": rule(OFFICER, pk="correction"),
    "duplicate_list": rule(OFFICER, AUDITOR),
    "stranded_list": rule(OFFICER),
    "pair": rule(OFFICER, one="pupil", other="twin"),
    "merge_undo": rule(OFFICER, pk="merge"),
    "spelling_list": Rule(EVERYBODY),
    "import_home": rule(ADMIN, OFFICER, AUDITOR),
    # What an import changed is for whoever could have made it, and undone by them.
    "import_list": rule(*RUNNERS, AUDITOR),
    "import_detail": rule(*RUNNERS, AUDITOR, pk="import_record"),
    "import_undo": rule(*RUNNERS, pk="import_record"),
    "register_upload": rule(ADMIN),
    "register_meanings": rule(ADMIN, get=302, pk="register_upload"),
    "register_words": rule(ADMIN, AUDITOR, write=(ADMIN,)),
    "register_words_load": rule(ADMIN),
    "register_upload_detail": rule(ADMIN, AUDITOR, write=(ADMIN,), pk="register_upload"),
    "person_list": rule(ADMIN, AUDITOR),
    "invite_all": rule(ADMIN),
    "invitation_round": rule(ADMIN, AUDITOR, write=(ADMIN,), pk="invitation_round"),
    "people_upload": rule(ADMIN),
    "people_upload_detail": rule(ADMIN, AUDITOR, write=(ADMIN,), pk="people_upload"),
    "people_export": rule(ADMIN, AUDITOR),
    "person_invite": rule(ADMIN),
    "person_detail": rule(ADMIN, AUDITOR, write=(ADMIN,), pk="person"),
    "person_edit": rule(ADMIN, pk="person"),
    # Headteachers keep the SENCOs and finance contacts of their own school.
    "staff_list": rule(HEAD, pk="school"),
    "own_staff": rule(HEAD, get={200, 302}),
    "person_deactivate": rule(ADMIN, pk="person"),
    "role_request": rule(ADMIN, AUDITOR, write=(ADMIN,), pk="role_request"),
    "role_end": rule(ADMIN, HEAD, pk="membership"),
    "invitation": Rule(EVERYBODY, objects={"token": "token"}, public=True),
    "address": Rule(EVERYBODY, objects={"token": "address_token"}, public=True),
    # In the demonstration alone, and as its own invented people alone.
    "demo_sign_in": Rule(EVERYBODY, get=frozenset({405}), public=True),
    "account": Rule(EVERYBODY),
    # Kept by the school’s own people; officers and administrators write down what it says.
    "contact_edit": rule(*SCHOOL, *RUNNERS, pk="school"),
    "contact_list": rule(*RUNNERS, AUDITOR, PARTNER, FINANCE, AUTHORISER),
    # What the authority tells those it is for; everybody may be told something.
    "sheet_list": Rule(EVERYBODY),
    "sheet_detail": Rule(EVERYBODY, objects={"pk": "sheet"}),
    "sheet_read": change(*EVERYBODY, pk="sheet"),
    "sheet_create": rule(*RUNNERS),
    "sheet_edit": rule(*RUNNERS, pk="draft_sheet"),
    "sheet_publish": change(*RUNNERS, pk="draft_sheet"),
    "sheet_delete": change(*RUNNERS, pk="draft_sheet"),
    "sheet_withdraw": rule(*RUNNERS, pk="sheet"),
    "sheet_readers": rule(*RUNNERS, AUDITOR, pk="sheet"),
}

ANSWERERS = (OFFICER, ADMIN, FINANCE, PARTNER)

QUERIES = {
    # A school's own; the categories of whoever answers; not for who judges blind (M9).
    "query_list": rule(*SCHOOL, *ANSWERERS, AUDITOR),
    "query_create": rule(*SCHOOL),
    "query_enter": rule(*ANSWERERS),
    "query_times": rule(*ANSWERERS, AUDITOR),
    "query_detail": rule(*SCHOOL, *ANSWERERS, AUDITOR, write=(*SCHOOL, *ANSWERERS), pk="query"),
    "query_note": rule(*ANSWERERS, pk="query"),
    "query_arrange": rule(*ANSWERERS, pk="query"),
    "query_close": rule(*ANSWERERS, pk="query"),
    # Back, for the school has asked nothing else.
    "query_merge": rule(*ANSWERERS, get=302, pk="query"),
    "query_take": change(*ANSWERERS, pk="query"),
    "query_reopen": change(*ANSWERERS, pk="query"),
    "query_separate": change(*ANSWERERS, pk="query"),
    "query_settle": change(*SCHOOL, pk="query"),
    # Back, for nobody has answered it.
    "query_publish": rule(*RUNNERS, get=302, pk="query"),
    "question_list": Rule(EVERYBODY),
    "question_create": rule(*RUNNERS),
    "question_edit": rule(*RUNNERS, pk="question"),
    "question_withdraw": change(*RUNNERS, pk="question"),
}

RETURNS = {
    # The returns of the schools one works for; the authority comes by the collection.
    "return_list": rule(*BANDING_SCHOOL, PARTNER),
    # Of a school that has none; back to the list, or on to the return that is there.
    "return_start": change(*BANDING_SCHOOL, collection_pk="collection", school_pk="school"),
    "return_detail": rule(*BANDING_SCHOOL, PARTNER, *FOLLOWERS, pk="return"),
    "return_grid": rule(SENCO, pk="return"),
    "return_similar": rule(*SEES_PUPILS, pk="return"),
    "return_check": rule(*SEES_PUPILS, pk="return"),
    # To the check page while something is left to do.
    "return_submit": rule(*BANDING_SCHOOL, get={200, 302}, pk="return"),
    "return_confirm": change(*BANDING_SCHOOL, pk="return"),
    "return_ready": change(*BANDING_SCHOOL, pk="return"),
    # Back to the return for whom the authority has accepted it.
    "return_withdraw": rule(*BANDING_SCHOOL, get={200, 302}, pk="submitted_return"),
    "return_submitted": rule(*SEES_PUPILS, pk="submitted_return"),
    "return_accept": change(OFFICER, pk="submitted_return"),
    "return_send_back": rule(OFFICER, pk="submitted_return"),
    # Deadlines are the administrator's; the officer is who the school calls.
    "return_extend": rule(*RUNNERS, pk="return"),
    "decision_edit": rule(*SEES_PUPILS, write=(SENCO,), pk="return_pupil"),
    "decision_suggestion": rule(SENCO, get=405, pk="return_pupil"),
    "review_sheet": rule(*SEES_PUPILS, pk="return_pupil"),
    # The school's own, whatever else somebody may see.
    "note_edit": rule(*BANDING_SCHOOL, pk="return_pupil"),
    "marks_looked": change(*BANDING_SCHOOL, pk="return_pupil"),
    "decision_discard": change(SENCO, pk="return_pupil"),
    "pupil_change": rule(SENCO, pk="return_pupil"),
    "pupil_change_undo": change(SENCO, pk="return_pupil"),
    "exceptional_create": rule(SENCO, pk="return_pupil"),
    # Closed where a request about the pupil waits already.
    "exceptional_of_decision": rule(SENCO, get={200, 302}, pk="panel_decision"),
    "exceptional_withdraw": change(SENCO, pk="exceptional"),
    "exceptional_end": rule(OFFICER, get={200, 302}, pk="exceptional"),
    "exceptional_list": rule(*OFFICE),
    "exceptional_detail": rule(*OFFICE, write=(OFFICER,), pk="exceptional"),
    # Back, for nobody has accepted the return.
    "change_request_create": rule(SENCO, get=302, pk="return_pupil"),
    "change_request_withdraw": change(SENCO, pk="change_request"),
    "change_request_list": rule(*OFFICE),
    "change_request_detail": rule(*OFFICE, write=(OFFICER,), pk="change_request"),
    "joiner_create": rule(SENCO, pk="return"),
    "joiner_withdraw": change(SENCO, pk="joiner"),
    "joiner_tell": rule(SENCO, pk="school"),
    "joiner_list": rule(*OFFICE),
    "joiner_detail": rule(*OFFICE, write=(OFFICER,), pk="joiner"),
    # What one's own schools have told; the authority reads joiners and leavers apart.
    "told_list": rule(*BANDING_SCHOOL),
    "leaver_tell": rule(SENCO, pk="school"),
    "leaver_withdraw": change(SENCO, pk="leaver"),
    "leaver_list": rule(*OFFICE),
    "details_list": rule(*OFFICE),
    "details_detail": rule(*SEES_PUPILS, write=(OFFICER,), pk="details"),
    "details_withdraw": change(SENCO, pk="details"),
    # The present school's list; an officer names a school from the pupil's page, as the plan does.
    "transfer_list": rule(*BANDING_SCHOOL),
    # Back, for the pupil does not reach the last year group.
    "transfer_name": rule(SENCO, OFFICER, get=302, pk="placement"),
    "transfer_withdraw": change(SENCO, OFFICER, pk="transfer"),
    "arrival_list": rule(*BANDING_SCHOOL),
    "arrival_answer": rule(SENCO, pk="arrival"),
    "leaver_detail": rule(*OFFICE, write=(OFFICER,), pk="leaver"),
    "template_download": rule(SENCO, pk="return"),
    "template_upload": rule(SENCO, pk="return"),
    # Drafts of the school: nobody else's until they are submitted, the auditor's neither.
    "template_upload_detail": rule(*BANDING_SCHOOL, write=(SENCO,), pk="template_upload"),
    "template_batch_create": rule(SENCO),
    "template_batch": rule(SENCO, pk="template_batch"),
    "template_zip_make": change(OFFICER, pk="collection"),
    "template_zip": rule(OFFICER, pk="template_zip"),
    "template_zip_file": rule(OFFICER, pk="template_zip"),
    "template_upload_mend": rule(SENCO, pk="marked_upload"),
    "template_upload_marked": rule(*BANDING_SCHOOL, pk="marked_upload"),
}

COLLECTIONS = {
    "collection_list": rule(*FOLLOWERS),
    "collection_create": rule(*RUNNERS),
    "exercise_create": rule(*RUNNERS),
    # Whoever has a return in it; names no pupil.
    "calendar_feed": rule(*EVERYBODY),
    "calendar_feed_make": change(*EVERYBODY),
    "calendar_feed_end": change(*EVERYBODY),
    "calendar_feed_file": Rule(EVERYBODY, objects={"token": "feed_token"}, public=True),
    "collection_calendar": rule(*FOLLOWERS, *BANDING_SCHOOL, PARTNER, pk="collection"),
    "collection_detail": rule(*FOLLOWERS, pk="collection"),
    # Schools with how far they are and whom to call; names no pupil.
    # The bands of schools: not for those who judge them blind (M4).
    "collection_similar": rule(*OFFICE, pk="collection"),
    "collection_returns": rule(*FOLLOWERS, write=RUNNERS, pk="collection"),
    "collection_returns_file": rule(*FOLLOWERS, pk="collection"),
    "collection_edit": rule(*RUNNERS, pk="collection"),
    "collection_close": rule(*RUNNERS, pk="collection"),
    "collection_reopen": rule(*RUNNERS, pk="collection"),
    "collection_delete": rule(*RUNNERS, pk="collection"),
    "collection_sync": change(*RUNNERS, pk="collection"),
    "reminder_schedules": rule(*FOLLOWERS),
    "reminder_list": rule(*FOLLOWERS, pk="collection"),
    "reminder_create": rule(*RUNNERS, pk="collection"),
    "reminder_edit": rule(*RUNNERS, pk="collection", offset="=-7"),
    "reminder_remove": change(*RUNNERS, pk="collection", offset="=-7"),
    # Descriptors are published; a school's finance contact has the statement only.
    "framework_list": Rule(EVERYBODY - {MONEY}),
    "framework_detail": Rule(EVERYBODY - {MONEY}, objects={"pk": "framework"}),
    "framework_preview": Rule(EVERYBODY - {MONEY}, objects={"pk": "framework"}),
    "framework_compare": Rule(EVERYBODY - {MONEY}, objects={"pk": "framework"}),
    # Without signing in once the administrator has opened it.
    "framework_booklet": Rule(
        EVERYBODY - {MONEY}, objects={"code": "=test-framework", "version": "=1"}, public=True
    ),
    "framework_publish": change(ADMIN, pk="framework"),
    "framework_retire": change(ADMIN, pk="framework"),
    "framework_share": change(ADMIN, pk="framework"),
    "framework_upload": rule(ADMIN),
    "framework_upload_detail": rule(ADMIN, AUDITOR, write=(ADMIN,), pk="framework_upload"),
    "panel_every": rule(OFFICER, pk="pupil"),
    "new_plan_list": rule(*OFFICE),
    "panel_list": rule(*OFFICE, pk="pupil"),
    "decision_correct": rule(OFFICER, pk="panel_decision"),
    "decision_remove": rule(OFFICER, pk="panel_decision"),
    "panel_decision": rule(OFFICER, pk="pupil", framework_pk="framework"),
    # The administrator loads the first caseload, before there are officers, and may see what a
    # file of theirs would change.
    "caseload_upload": rule(*RUNNERS),
    "caseload_choices": rule(*RUNNERS, AUDITOR, write=RUNNERS),
    "caseload_words": rule(*RUNNERS, AUDITOR, write=RUNNERS),
    "caseload_words_load": rule(*RUNNERS),
    # Nothing of that file is to be explained.
    "caseload_meanings": rule(*RUNNERS, get=302, pk="caseload_upload"),
    # Nothing of that file is wrong, so there is nothing to mark either.
    "caseload_mend": rule(*RUNNERS, get=302, pk="caseload_upload"),
    "caseload_marked": rule(*RUNNERS, AUDITOR, get=404, pk="caseload_upload"),
    "caseload_differences": rule(*RUNNERS, AUDITOR, write=RUNNERS, pk="caseload_upload"),
    # Ending a placement is an officer's (as on the pupil's page).
    "caseload_missing": rule(*RUNNERS, AUDITOR, write=(OFFICER,), pk="caseload_upload"),
    # Placements are the officer's.
    "roll_over": rule(*OFFICE),
    "roll_over_apply": rule(OFFICER, get={200, 302}, new_year="=2026"),
    "roll_over_detail": rule(*OFFICE, write=(OFFICER,), pk="roll_over"),
    "caseload_upload_detail": rule(*RUNNERS, AUDITOR, write=RUNNERS, pk="caseload_upload"),
}


def under(namespace: str, rules: dict[str, Rule]) -> dict[str, Rule]:
    return {f"{namespace}:{name}": rule for name, rule in rules.items()}


RULES: dict[str, Rule] = {
    **SHARED_PAGES,
    **under("schools", SCHOOLS | QUERIES | TRAINING | RESOURCES),
    **under("banding", RETURNS | COLLECTIONS),
    **under("moderation", MODERATION_PAGES),
    **under("funding", FUNDING),
}
