"""Addresses of moderation."""

from django.urls import path

from moderation.views import cases, home, outcomes, samples

app_name = "moderation"
urlpatterns = [
    path("moderation/", home.ModerationHomeView.as_view(), name="home"),
    path("moderation/samples/new/", samples.SampleCreateView.as_view(), name="sample_create"),
    path("moderation/samples/<uuid:pk>/", samples.SampleDetailView.as_view(), name="sample_detail"),
    path(
        "moderation/samples/<uuid:pk>/assign/",
        samples.SampleAssignView.as_view(),
        name="sample_assign",
    ),
    path(
        "moderation/samples/<uuid:pk>/population/",
        samples.SamplePopulationView.as_view(),
        name="sample_population",
    ),
    path(
        "moderation/samples/<uuid:pk>/results/",
        samples.SampleResultsView.as_view(),
        name="sample_results",
    ),
    path("cases/", cases.CaseListView.as_view(), name="case_list"),
    path("cases/<uuid:pk>/", cases.CaseDetailView.as_view(), name="case_detail"),
    path("cases/<uuid:pk>/assign/", cases.CaseAssignView.as_view(), name="case_assign"),
    path("cases/<uuid:pk>/uphold/", outcomes.CaseUpholdView.as_view(), name="case_uphold"),
    path("cases/<uuid:pk>/change/", outcomes.CaseChangeView.as_view(), name="case_change"),
    path("cases/<uuid:pk>/withdraw/", outcomes.CaseWithdrawView.as_view(), name="case_withdraw"),
]
