"""This room's addresses."""

from django.urls import path

from forethought.media import views

app_name = "media"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("glance/", views.glance, name="glance"),
    path("<int:pk>/", views.file, name="file"),
    path("<int:pk>/copy/", views.copy, name="copy"),
    path("<int:pk>/picture/", views.picture, name="picture"),
    path("<int:pk>/sight/", views.sight, name="sight"),
    path("<int:pk>/cover/", views.cover, name="cover"),
    path("<int:pk>/remove/", views.remove, name="remove"),
]
