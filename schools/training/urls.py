"""Addresses of training and visits."""

from django.urls import path

from schools.training import views, visit_views

ONE = "training/<uuid:pk>"
urlpatterns = [
    path("training/", views.TrainingList.as_view(), name="training_list"),
    path("training/new/", views.TrainingCreate.as_view(), name="training_create"),
    path("training/untrained/", views.UntrainedList.as_view(), name="untrained_list"),
    path("training/untrained/remind/", views.UntrainedRemind.as_view(), name="untrained_remind"),
    path(f"{ONE}/", views.TrainingDetail.as_view(), name="training_detail"),
    path(f"{ONE}/edit/", views.TrainingEdit.as_view(), name="training_edit"),
    path(f"{ONE}/cancel/", views.TrainingCancel.as_view(), name="training_cancel"),
    path(f"{ONE}/sign-up/", views.TrainingSignUp.as_view(), name="training_sign_up"),
    path(f"{ONE}/give-up/", views.TrainingGiveUp.as_view(), name="training_give_up"),
    path(f"{ONE}/watched/", views.TrainingWatch.as_view(), name="training_watch"),
    path(f"{ONE}/calendar/", views.TrainingCalendar.as_view(), name="training_calendar"),
    path(f"{ONE}/people/", views.TrainingPeople.as_view(), name="training_people"),
    path(f"{ONE}/attendance/", views.TrainingAttendance.as_view(), name="training_attendance"),
    path("visits/", visit_views.VisitList.as_view(), name="visit_list"),
    path("visits/new/", visit_views.VisitCreate.as_view(), name="visit_create"),
    path("visits/<uuid:pk>/edit/", visit_views.VisitEdit.as_view(), name="visit_edit"),
]
