"""Addresses of moderation."""

from django.urls import path

from moderation.calibration.urls import urlpatterns as calibration
from moderation.capacity.urls import urlpatterns as capacity
from moderation.dashboard.urls import urlpatterns as dashboard
from moderation.evidence.urls import urlpatterns as evidence
from moderation.feedback.urls import urlpatterns as feedback
from moderation.leases.urls import urlpatterns as leases
from moderation.panels.urls import urlpatterns as panels
from moderation.plans.urls import urlpatterns as plans
from moderation.targeting.urls import urlpatterns as targeting
from moderation.views import cases, handing_over, home, interests, judging, outcomes, samples
from moderation.widening.urls import urlpatterns as widening

app_name = "moderation"
urlpatterns = [
    path("moderation/", home.ModerationHome.as_view(), name="home"),
    path("moderation/samples/new/", samples.SampleCreate.as_view(), name="sample_create"),
    path("moderation/samples/<uuid:pk>/", samples.SampleDetail.as_view(), name="sample_detail"),
    path(
        "moderation/samples/<uuid:pk>/assign/",
        samples.SampleAssign.as_view(),
        name="sample_assign",
    ),
    path(
        "moderation/samples/<uuid:pk>/discard/",
        samples.SampleDiscard.as_view(),
        name="sample_discard",
    ),
    path(
        "moderation/samples/<uuid:pk>/population/",
        samples.SamplePopulation.as_view(),
        name="sample_population",
    ),
    path(
        "moderation/samples/<uuid:pk>/results/",
        samples.SampleResults.as_view(),
        name="sample_results",
    ),
    path(
        "moderation/samples/<uuid:pk>/results/<slug:form>/",
        samples.SampleResultsFile.as_view(),
        name="sample_results_file",
    ),
    path(
        "moderation/people/<uuid:pk>/hand-over/",
        handing_over.StaffHandOver.as_view(),
        name="hand_over",
    ),
    path("moderation/relations/", interests.InterestList.as_view(), name="interest_list"),
    path(
        "moderation/relations/<uuid:pk>/end/",
        interests.InterestEnd.as_view(),
        name="interest_end",
    ),
    path("cases/", cases.CaseList.as_view(), name="case_list"),
    path("cases/<uuid:pk>/", judging.CaseDetail.as_view(), name="case_detail"),
    path("cases/<uuid:pk>/history/", cases.CaseHistory.as_view(), name="case_history"),
    path("cases/<uuid:pk>/assign/", cases.CaseAssign.as_view(), name="case_assign"),
    path("cases/<uuid:pk>/uphold/", outcomes.CaseUphold.as_view(), name="case_uphold"),
    path("cases/<uuid:pk>/change/", outcomes.CaseChange.as_view(), name="case_change"),
    path("cases/<uuid:pk>/agree/", outcomes.CaseAgree.as_view(), name="case_agree"),
    path("cases/<uuid:pk>/turn-down/", outcomes.CaseTurnDown.as_view(), name="case_turn_down"),
    path("cases/<uuid:pk>/undo/", outcomes.CaseUndo.as_view(), name="case_undo"),
    path("cases/<uuid:pk>/give-back/", interests.CaseHandBack.as_view(), name="case_hand_back"),
    path("cases/<uuid:pk>/withdraw/", outcomes.CaseWithdraw.as_view(), name="case_withdraw"),
    *calibration,
    *capacity,
    *evidence,
    *panels,
    *feedback,
    *widening,
    *dashboard,
    *targeting,
    *leases,
    *plans,
]
