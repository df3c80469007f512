"""This room's addresses."""

from django.urls import path

from forethought.policy import views

app_name = "policy"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("interview/<int:step>/", views.interview, name="interview"),
    path("read/", views.read, name="read"),
    path("<int:number>/", views.version, name="version"),
    path("<int:number>/given/<int:pk>/remove/", views.take_back, name="take-back"),
    path("<int:number>/changes.<str:form>", views.changes, name="changes"),
    path("<int:number>/<str:paper>.<str:form>", views.paper, name="paper"),
    path("elsewhere/", views.elsewhere, name="elsewhere"),
    path("profile/", views.profile, name="profile"),
    path("apart/", views.apart, name="apart"),
]
