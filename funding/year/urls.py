"""Addresses of the year."""

from django.urls import path

from funding.year import views

ONE = "funding/years/<uuid:pk>/"
urlpatterns = [
    path(ONE, views.YearPage.as_view(), name="year"),
    path(f"{ONE}averages/", views.YearAverages.as_view(), name="year_averages"),
    path(f"{ONE}budget/", views.BudgetEdit.as_view(), name="budget_edit"),
    path(f"{ONE}work-out/", views.YearForecastMake.as_view(), name="year_forecast_make"),
    path(
        "funding/year-forecasts/<uuid:pk>/",
        views.YearForecastDetail.as_view(),
        name="year_forecast",
    ),
]
