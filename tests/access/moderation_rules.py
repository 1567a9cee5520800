"""Who may open each address of moderation."""

from tests.access.people import (
    ADMIN,
    AUDITOR,
    BANDING_SCHOOL,
    JUDGES,
    LEAD,
    MODERATION,
    MODERATOR,
    OFFICER,
    PANEL,
    SENCO,
)
from tests.access.rule import change, rule

MODERATION_PAGES = {
    "home": rule(*MODERATION),
    # A number of cases and none of them; back to the person who holds none.
    "hand_over": rule(ADMIN, get={200, 302}, pk="person"),
    "sample_create": rule(LEAD),
    "sample_detail": rule(LEAD, AUDITOR, pk="sample"),
    "sample_assign": rule(LEAD, pk="sample"),
    # Back to the sample where a case is judged.
    "sample_discard": rule(LEAD, get={200, 302}, pk="sample"),
    # Not for a lead who has cases still to judge: the list shows bands (M4).
    "sample_population": rule(LEAD, AUDITOR, get={200, 302}, pk="sample"),
    "sample_results": rule(LEAD, AUDITOR, get={200, 302}, pk="sample"),
    "sample_results_file": rule(LEAD, AUDITOR, get={200, 302}, pk="sample", form="=csv"),
    "calibration": rule(*MODERATION),
    "calibration_start": change(MODERATOR, pk="calibrated_framework"),
    "calibration_set": rule(MODERATOR, pk="calibration"),
    "training_case": rule(MODERATOR, pk="training_case"),
    "moderator_list": rule(LEAD, AUDITOR),
    # A moderator’s own; another’s is not found.
    "capacity_edit": rule(*JUDGES, get={200, 404}, pk="a_moderator"),
    "absence_end": change(*JUDGES, pk="absence"),
    "case_list": rule(*MODERATION),
    "case_detail": rule(*MODERATION, write=JUDGES, pk="case"),
    # Back to the case for who has to judge it yet.
    "case_history": rule(*MODERATION, get={200, 302}, pk="case"),
    "case_assign": rule(LEAD, pk="case"),
    # Back to the case for whoever does not settle it.
    "case_uphold": rule(*JUDGES, get={200, 302}, pk="judged_case"),
    "case_change": rule(*JUDGES, get={200, 302}, pk="judged_case"),
    "case_withdraw": rule(*JUDGES, get={200, 302}, pk="judged_case"),
    "case_undo": rule(*JUDGES, get={200, 302}, pk="judged_case"),
    "case_agree": change(*JUDGES, pk="judged_case"),
    "case_turn_down": change(*JUDGES, pk="judged_case"),
    # The case of whoever asks: another one is not found.
    "case_hand_back": rule(*JUDGES, get={200, 302, 404}, pk="case"),
    # Back to the case for who may not ask.
    "case_ask_evidence": rule(*JUDGES, get={200, 302}, pk="judged_case"),
    "evidence_overview": rule(*MODERATION),
    "evidence_list": rule(*BANDING_SCHOOL),
    "evidence_detail": rule(*BANDING_SCHOOL, write=(SENCO,), pk="evidence"),
    "evidence_answer": rule(SENCO, pk="evidence"),
    "evidence_withdraw": rule(*JUDGES, get={200, 302}, pk="evidence"),
    "evidence_document": rule(*BANDING_SCHOOL, *JUDGES, pk="evidence_document"),
    "evidence_remove": change(SENCO, pk="evidence_document"),
    # Back to the case for who may not.
    "case_escalate": rule(*JUDGES, get={200, 302}, pk="judged_case"),
    "panel_list": rule(*PANEL),
    "panel_create": rule(LEAD),
    "panel_detail": rule(*PANEL, pk="panel"),
    "panel_edit": rule(LEAD, pk="panel"),
    "panel_case_put": change(LEAD, panel="panel", pk="panel_case"),
    "panel_case_detail": rule(*PANEL, pk="panel_case"),
    # Back to the case for who takes no part in it.
    "panel_case_decide": rule(*JUDGES, OFFICER, get={200, 302}, pk="panel_case"),
    "panel_case_take_off": change(LEAD, pk="panel_case"),
    "panel_case_take_back": change(LEAD, pk="panel_case"),
    "outcome_list": rule(*BANDING_SCHOOL),
    "outcome_detail": rule(*BANDING_SCHOOL, pk="outcome"),
    "outcome_challenge": rule(*BANDING_SCHOOL, pk="outcome"),
    # Back to the outcome where nothing is challenged.
    "outcome_take_back": rule(*BANDING_SCHOOL, get={200, 302}, pk="outcome"),
    "outcome_letter": rule(*BANDING_SCHOOL, pk="outcome_return"),
    "cases_take_back": change(LEAD, pk="sample"),
    # Back to the case once it is judged.
    "case_plan": rule(LEAD, get={200, 302}, pk="case"),
    "plan_documents": rule(SENCO, OFFICER, pk="pupil"),
    "plan_document": rule(*BANDING_SCHOOL, OFFICER, *JUDGES, pk="plan_document"),
    "plan_document_remove": change(SENCO, OFFICER, pk="plan_document"),
    "target_list": rule(LEAD, AUDITOR, get={200, 302}, pk="sample"),
    "target_by_hand": rule(LEAD, get={200, 302}, pk="sample"),
    # Back to the list where the rule finds nothing.
    "target_by_rule": rule(LEAD, get={200, 302}, pk="sample", reason="=recheck"),
    "sample_dashboard": rule(LEAD, AUDITOR, pk="sample"),
    # Not for a lead who has cases still to judge: they show how often bands differ (M9).
    "sample_schools": rule(LEAD, AUDITOR, get={200, 302}, pk="sample"),
    "sample_widen": rule(LEAD, get={200, 302}, pk="sample", school="school"),
    "outcomes_publish": change(LEAD, pk="sample"),
    "interest_list": rule(*JUDGES),
    "interest_end": change(*JUDGES, pk="interest"),
}
