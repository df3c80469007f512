"""This room's addresses."""

from django.urls import path

from forethought.supervision import views

app_name = "supervision"
urlpatterns = [
    path("", views.notes, name="notes"),
    path("<int:pk>/", views.note, name="note"),
    path("<int:pk>/summary.<str:form>", views.pack, name="pack"),
    path("<int:pk>/taken/", views.taken, name="taken"),
    path("<int:pk>/remove/", views.remove, name="remove"),
]
