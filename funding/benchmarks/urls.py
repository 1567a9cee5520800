"""Addresses of benchmarks."""

from django.urls import path

from funding.benchmarks import views

urlpatterns = [
    path(
        "scenarios/<uuid:pk>/benchmark/",
        views.ScenarioBenchmark.as_view(),
        name="scenario_benchmark",
    ),
    path("benchmarks/upload/", views.FiguresUploadCreate.as_view(), name="benchmark_upload"),
    path(
        "benchmarks/uploads/<uuid:pk>/",
        views.FiguresUploadDetail.as_view(),
        name="benchmark_upload_detail",
    ),
]
