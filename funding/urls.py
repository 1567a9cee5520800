"""Addresses of funding."""

from django.urls import path

from funding.benchmarks.urls import urlpatterns as benchmarks
from funding.figures.urls import urlpatterns as figures
from funding.interface.urls import urlpatterns as interface
from funding.ledger.urls import urlpatterns as ledger
from funding.scenarios.urls import urlpatterns as scenarios
from funding.views import (
    audit_packs,
    calculations,
    calendars,
    comparing,
    exceptions,
    home,
    lines,
    moves,
    policies,
    protecting,
    recoupment,
    recovering,
    remittances,
    removing,
    runs,
    schedule,
    schedules,
    school_amounts,
    school_days,
    school_values,
    statements,
    values,
)
from funding.webhooks.urls import urlpatterns as webhooks
from funding.year.urls import urlpatterns as year

app_name = "funding"
RUN = "runs/<uuid:pk>/"
STATEMENT = "statements/<uuid:run>/<uuid:school>/"
urlpatterns = [
    path("funding/", home.FundingHome.as_view(), name="home"),
    path("calendars/", calendars.CalendarList.as_view(), name="calendar_list"),
    path("calendars/upload/", calendars.CalendarUploadCreate.as_view(), name="calendar_upload"),
    path(
        "calendars/uploads/<uuid:pk>/",
        calendars.CalendarUploadDetail.as_view(),
        name="calendar_upload_detail",
    ),
    path("values/", values.ValueList.as_view(), name="value_list"),
    path("values/new/", values.ValueCreate.as_view(), name="value_create"),
    path("values/<uuid:pk>/remove/", removing.ValueRemove.as_view(), name="value_remove"),
    path(
        "funding-policies/<uuid:pk>/remove/",
        removing.PolicyRemove.as_view(),
        name="policy_remove",
    ),
    path("values/uplift/", values.ValueUplift.as_view(), name="value_uplift"),
    path("values/upload/", values.ValuesUploadCreate.as_view(), name="value_upload"),
    path(
        "values/uploads/<uuid:pk>/",
        values.ValuesUploadDetail.as_view(),
        name="value_upload_detail",
    ),
    path("what-bands-are-worth/", school_values.SchoolValues.as_view(), name="school_values"),
    path("protection/", protecting.ProtectionList.as_view(), name="protection_list"),
    path("protection/<uuid:pk>/end/", protecting.ProtectionEnd.as_view(), name="protection_end"),
    path("school-amounts/", school_amounts.SchoolAmountList.as_view(), name="school_amount_list"),
    path(
        "school-amounts/new/",
        school_amounts.SchoolAmountCreate.as_view(),
        name="school_amount_create",
    ),
    path(
        "school-amounts/<uuid:pk>/end/",
        school_amounts.SchoolAmountEnd.as_view(),
        name="school_amount_end",
    ),
    path(
        "school-amounts/<uuid:pk>/take-away/",
        school_amounts.SchoolAmountTakeAway.as_view(),
        name="school_amount_take_away",
    ),
    path("recoveries/", recovering.RecoveryList.as_view(), name="recovery_list"),
    path("recoveries/<uuid:pk>/end/", recovering.RecoveryEnd.as_view(), name="recovery_end"),
    path(f"{RUN}recoveries/", recovering.RunRecoveries.as_view(), name="run_recoveries"),
    path(
        f"{RUN}recoveries/<uuid:school>/",
        recovering.RecoveryAgree.as_view(),
        name="recovery_agree",
    ),
    path("school-days/", school_days.SchoolDayList.as_view(), name="school_day_list"),
    path(
        "school-days/upload/",
        school_days.SchoolDaysUploadCreate.as_view(),
        name="school_days_upload",
    ),
    path(
        "school-days/uploads/<uuid:pk>/",
        school_days.SchoolDaysUploadDetail.as_view(),
        name="school_days_upload_detail",
    ),
    path("funding-policies/", policies.PolicyList.as_view(), name="policy_list"),
    path("runs/", runs.RunList.as_view(), name="run_list"),
    path("runs/new/", calculations.RunCreate.as_view(), name="run_create"),
    path(RUN, runs.RunDetail.as_view(), name="run_detail"),
    path(f"{RUN}calculate/", calculations.RunCalculate.as_view(), name="run_calculate"),
    path(
        "calculations/<uuid:pk>/",
        calculations.CalculationDetail.as_view(),
        name="calculation_detail",
    ),
    path(f"{RUN}send/", moves.RunSend.as_view(), name="run_send"),
    path(f"{RUN}send-back/", moves.RunSendBack.as_view(), name="run_send_back"),
    path(f"{RUN}delete/", moves.RunDelete.as_view(), name="run_delete"),
    path(f"{RUN}publish/", moves.RunPublish.as_view(), name="run_publish"),
    path(f"{RUN}exceptions/", exceptions.ExceptionList.as_view(), name="exception_list"),
    path(
        f"{RUN}exceptions/<uuid:exception>/",
        exceptions.ExceptionClear.as_view(),
        name="exception_clear",
    ),
    path(f"{RUN}lines/", lines.LineList.as_view(), name="line_list"),
    path(f"{RUN}schools/", lines.RunSchoolList.as_view(), name="run_school_list"),
    path(f"{RUN}schools/<uuid:school>/", lines.RunSchool.as_view(), name="run_school"),
    path(f"{RUN}changed/", comparing.RecalculatedList.as_view(), name="recalculated_list"),
    path(f"{RUN}last-term/", comparing.SchoolsCompared.as_view(), name="schools_compared"),
    path(
        f"{RUN}last-term/<uuid:school>/",
        comparing.SchoolCompared.as_view(),
        name="school_compared",
    ),
    path(f"{RUN}audit/", audit_packs.AuditPage.as_view(), name="audit_pack"),
    path(f"{RUN}audit/make/", audit_packs.AuditPackMake.as_view(), name="audit_pack_make"),
    path("audits/<uuid:pk>/", audit_packs.AuditPackDetail.as_view(), name="audit_pack_detail"),
    path("audits/<uuid:pk>/file/", audit_packs.AuditPackFile.as_view(), name="audit_pack_file"),
    path(f"{RUN}schedule/make/", schedules.ScheduleMake.as_view(), name="schedule_make"),
    path("schedules/<uuid:pk>/", schedules.ScheduleDetail.as_view(), name="schedule_detail"),
    path("schedules/<uuid:pk>/file/", schedules.ScheduleFile.as_view(), name="schedule_file"),
    path(f"{RUN}schedule/", schedule.SchedulePage.as_view(), name="schedule"),
    path(
        f"{RUN}schedule/<slug:form>/", schedule.ScheduleDownload.as_view(), name="schedule_download"
    ),
    path(f"{RUN}remittances/", remittances.RemittanceList.as_view(), name="remittance_list"),
    path(f"{RUN}remittances/make/", remittances.RemittancesMake.as_view(), name="remittances_make"),
    path(
        f"{RUN}remittances/<slug:urn>/", remittances.RemittanceDetail.as_view(), name="remittance"
    ),
    path(
        "remittance-files/<uuid:pk>/",
        remittances.RemittancesDetail.as_view(),
        name="remittances_detail",
    ),
    path(
        "remittance-files/<uuid:pk>/file/",
        remittances.RemittancesFile.as_view(),
        name="remittances_file",
    ),
    path(f"{RUN}recoupment/", recoupment.Recoupment.as_view(), name="recoupment"),
    path(
        f"{RUN}recoupment/download/<slug:form>/",
        recoupment.RecoupmentDownload.as_view(),
        name="recoupment_download",
    ),
    path(
        f"{RUN}recoupment/<slug:authority>/",
        recoupment.RecoupmentLetter.as_view(),
        name="recoupment_letter",
    ),
    path("statements/", statements.StatementList.as_view(), name="statement_list"),
    path(STATEMENT, statements.StatementDetail.as_view(), name="statement_detail"),
    path(
        f"{STATEMENT}lines/<uuid:line>/",
        statements.StatementLine.as_view(),
        name="statement_line",
    ),
    path(
        f"{STATEMENT}<slug:form>/",
        statements.StatementDownload.as_view(),
        name="statement_download",
    ),
    *figures,
    *interface,
    *ledger,
    *benchmarks,
    *scenarios,
    *webhooks,
    *year,
]
