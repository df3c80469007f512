"""This room's addresses."""

from django.urls import path

from forethought.clients import views

app_name = "clients"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("add/", views.add, name="add"),
    path("list/", views.bring, name="bring"),
    path("try/", views.attempt, name="try"),
    path("<int:pk>/remove/", views.remove, name="remove"),
    path("about/", views.about, name="about"),
]
