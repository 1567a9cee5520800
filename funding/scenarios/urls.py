"""Addresses of scenarios."""

from django.urls import path

from funding.scenarios import changing, finding_values, moving, ranging, reporting, views

ONE = "scenarios/<uuid:pk>"
urlpatterns = [
    path("scenarios/", views.ScenarioList.as_view(), name="scenario_list"),
    path("scenarios/new/", changing.ScenarioCreate.as_view(), name="scenario_create"),
    path("scenarios/compare/", views.ScenarioCompare.as_view(), name="scenario_compare"),
    path(f"{ONE}/", views.ScenarioDetail.as_view(), name="scenario_detail"),
    path(f"{ONE}/file/<slug:form>/", views.ScenarioFile.as_view(), name="scenario_file"),
    path(f"{ONE}/sensitivity/", moving.ScenarioSensitivity.as_view(), name="scenario_sensitivity"),
    path(f"{ONE}/range/", ranging.ScenarioRange.as_view(), name="scenario_range"),
    path(f"{ONE}/report/", reporting.ScenarioReport.as_view(), name="scenario_report"),
    path(f"{ONE}/change/", changing.ScenarioEdit.as_view(), name="scenario_edit"),
    path(f"{ONE}/find/", finding_values.ScenarioFind.as_view(), name="scenario_find"),
    path(f"{ONE}/adopt/", changing.ScenarioAdopt.as_view(), name="scenario_adopt"),
    path(f"{ONE}/read/", changing.ScenarioRead.as_view(), name="scenario_read"),
    path(f"{ONE}/duplicate/", changing.ScenarioDuplicate.as_view(), name="scenario_duplicate"),
    path(f"{ONE}/share/", changing.ScenarioShare.as_view(), name="scenario_share"),
    path(f"{ONE}/archive/", changing.ScenarioArchive.as_view(), name="scenario_archive"),
    path(f"{ONE}/restore/", changing.ScenarioRestore.as_view(), name="scenario_restore"),
    path("scenario-works/<uuid:pk>/", changing.ScenarioWorkDetail.as_view(), name="scenario_work"),
]
