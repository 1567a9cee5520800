"""Addresses of figures for everybody."""

from django.urls import path

from funding.figures import views

ONE = "funding/figures/<uuid:pk>"
urlpatterns = [
    path("figures/", views.PublicFigures.as_view(), name="figures"),
    path("figures/csv/", views.PublicFiguresFile.as_view(), name="figures_csv"),
    path("funding/figures/", views.FiguresList.as_view(), name="figures_list"),
    path("funding/figures/new/", views.FiguresMake.as_view(), name="figures_make"),
    path(f"{ONE}/", views.FiguresDetail.as_view(), name="figures_detail"),
    path(f"{ONE}/csv/", views.FiguresFile.as_view(), name="figures_file"),
    path(f"{ONE}/publish/", views.FiguresPublish.as_view(), name="figures_publish"),
    path(f"{ONE}/end/", views.FiguresEnd.as_view(), name="figures_end"),
    path(f"{ONE}/delete/", views.FiguresDelete.as_view(), name="figures_delete"),
]
