"""Addresses of panels."""

from django.urls import path

from moderation.panels import views

urlpatterns = [
    path("cases/<uuid:pk>/escalate/", views.CaseEscalate.as_view(), name="case_escalate"),
    path("panels/", views.PanelList.as_view(), name="panel_list"),
    path("panels/new/", views.PanelCreate.as_view(), name="panel_create"),
    path("panels/<uuid:pk>/", views.PanelDetail.as_view(), name="panel_detail"),
    path("panels/<uuid:pk>/edit/", views.PanelEdit.as_view(), name="panel_edit"),
    path(
        "panels/<uuid:panel>/agenda/<uuid:pk>/",
        views.PanelCasePut.as_view(),
        name="panel_case_put",
    ),
    path("panels/cases/<uuid:pk>/", views.PanelCaseDetail.as_view(), name="panel_case_detail"),
    path(
        "panels/cases/<uuid:pk>/decide/", views.PanelCaseDecide.as_view(), name="panel_case_decide"
    ),
    path(
        "panels/cases/<uuid:pk>/take-off/",
        views.PanelCaseTakeOff.as_view(),
        name="panel_case_take_off",
    ),
    path(
        "panels/cases/<uuid:pk>/take-back/",
        views.PanelCaseTakeBack.as_view(),
        name="panel_case_take_back",
    ),
]
