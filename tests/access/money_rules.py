"""Who may open each address of funding."""

from tests.access.people import AUDITOR, AUTHORISER, EVERYBODY, FINANCE, MONEY_READERS, SCHOOL
from tests.access.rule import Rule, change, rule

FUNDING = {
    "home": rule(*MONEY_READERS),
    "calendar_list": rule(*MONEY_READERS),
    "calendar_upload": rule(FINANCE),
    "calendar_upload_detail": rule(*MONEY_READERS, write=(FINANCE,), pk="calendar_upload"),
    "value_list": rule(*MONEY_READERS),
    "value_create": rule(FINANCE),
    "value_upload": rule(FINANCE),
    "value_upload_detail": rule(*MONEY_READERS, write=(FINANCE,), pk="values_upload"),
    "school_day_list": rule(*MONEY_READERS, write=(FINANCE,)),
    "school_days_upload": rule(FINANCE),
    "school_days_upload_detail": rule(*MONEY_READERS, write=(FINANCE,), pk="school_days_upload"),
    "protection_list": rule(*MONEY_READERS, write=(FINANCE,)),
    "protection_end": rule(FINANCE, pk="protection_rule"),
    "policy_list": rule(*MONEY_READERS, write=(FINANCE,)),
    "run_list": rule(*MONEY_READERS),
    # What everybody may read once an authoriser has switched it on; small numbers are hidden.
    "figures": Rule(EVERYBODY, public=True),
    "figures_csv": Rule(EVERYBODY, public=True),
    "figures_list": rule(*MONEY_READERS),
    "figures_make": rule(FINANCE),
    "figures_detail": rule(*MONEY_READERS, pk="figures"),
    "figures_file": rule(*MONEY_READERS, pk="figures"),
    "figures_publish": change(AUTHORISER, pk="figures"),
    "figures_end": change(AUTHORISER, pk="figures"),
    "figures_delete": change(FINANCE, pk="figures"),
    "scenario_list": rule(*MONEY_READERS),
    "scenario_create": rule(FINANCE),
    "scenario_compare": rule(*MONEY_READERS),
    "scenario_find": rule(FINANCE, pk="scenario"),
    "scenario_detail": rule(*MONEY_READERS, pk="scenario"),
    "scenario_sensitivity": rule(*MONEY_READERS, pk="scenario"),
    "scenario_report": rule(*MONEY_READERS, pk="scenario"),
    "scenario_file": rule(*MONEY_READERS, pk="scenario", form="=csv"),
    # Another’s scenario, so both lead back to it.
    "scenario_edit": rule(FINANCE, get=302, pk="scenario"),
    "scenario_adopt": rule(FINANCE, pk="scenario"),
    "scenario_read": change(FINANCE, pk="scenario"),
    "scenario_duplicate": change(FINANCE, pk="scenario"),
    "scenario_share": change(FINANCE, pk="scenario"),
    "scenario_archive": change(FINANCE, pk="scenario"),
    "scenario_restore": change(FINANCE, pk="scenario"),
    "scenario_work": rule(*MONEY_READERS, write=(FINANCE,), pk="scenario_work"),
    "run_create": rule(FINANCE),
    "run_detail": rule(*MONEY_READERS, pk="run"),
    "calculation_detail": rule(*MONEY_READERS, write=(FINANCE,), pk="calculation"),
    # Being checked here, so both lead back to the run.
    "run_calculate": rule(FINANCE, get=302, pk="run"),
    "run_send": rule(FINANCE, get=302, pk="run"),
    # The authoriser who finds a mistake, and the officer who finds it first.
    "run_send_back": rule(FINANCE, AUTHORISER, get=302, pk="run"),
    "run_delete": rule(FINANCE, pk="run"),
    "run_publish": rule(AUTHORISER, pk="run"),
    "exception_list": rule(*MONEY_READERS, write=(FINANCE,), pk="run"),
    "exception_clear": rule(FINANCE, get=302, pk="run", exception="run_exception"),
    "line_list": rule(*MONEY_READERS, pk="run"),
    "run_school_list": rule(*MONEY_READERS, pk="run"),
    "run_school": rule(*MONEY_READERS, pk="run", school="school"),
    "audit_pack": rule(*MONEY_READERS, pk="published_run"),
    "audit_pack_make": change(*MONEY_READERS, pk="published_run"),
    # Done, it leads on to the page of the run's audit.
    "audit_pack_detail": rule(*MONEY_READERS, get={200, 302}, pk="audit_pack"),
    "audit_pack_file": rule(*MONEY_READERS, pk="audit_pack"),
    "recoupment": rule(*MONEY_READERS, pk="published_run"),
    "recoupment_download": rule(*MONEY_READERS, pk="published_run", form="=csv"),
    "recoupment_letter": rule(*MONEY_READERS, pk="published_run", authority="=998"),
    "remittance_list": rule(*MONEY_READERS, pk="published_run"),
    "remittance": rule(*MONEY_READERS, pk="published_run", urn="school_urn"),
    "remittances_make": change(*MONEY_READERS, pk="published_run"),
    "remittances_detail": rule(*MONEY_READERS, get={200, 302}, pk="remittance_export"),
    "remittances_file": rule(*MONEY_READERS, pk="remittance_export"),
    "schedule": rule(*MONEY_READERS, pk="published_run"),
    "schedule_download": rule(*MONEY_READERS, pk="published_run", form="=csv"),
    # A button; the file is made for whoever reads the schedule.
    "schedule_make": change(*MONEY_READERS, pk="published_run"),
    # Made already, so it leads to the page where the file is; its progress asks for that page.
    "schedule_detail": rule(*MONEY_READERS, get={200, 302}, pk="schedule_export"),
    "schedule_file": rule(*MONEY_READERS, pk="schedule_export"),
    # The school's own people, the SENCO too (experience.md, HOME). It names pupils, so finance has
    # no part in it (docs/decisions/0007); auditors read everything, and change nothing.
    "statement_list": rule(*SCHOOL, AUDITOR),
    "statement_detail": rule(*SCHOOL, AUDITOR, run="published_run", school="school"),
    "statement_download": rule(
        *SCHOOL, AUDITOR, run="published_run", school="school", form="=xlsx"
    ),
}
