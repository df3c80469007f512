"""This room's addresses."""

from django.urls import path

from forethought.contacts import views

app_name = "contacts"
urlpatterns = [
    path("", views.ask, name="ask"),
    path("decisions/", views.decisions, name="decisions"),
    path("decisions/log.<str:form>", views.log, name="log"),
    path("decisions/<int:pk>/", views.decision, name="decision"),
    path("decisions/<int:pk>/remove/", views.remove, name="remove"),
]
