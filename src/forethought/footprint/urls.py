"""This room's addresses."""

from django.urls import path

from forethought.footprint import views

app_name = "footprint"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("bring/", views.bring, name="bring"),
    path("progress/", views.progress, name="progress"),
    path("go-on/", views.go_on, name="go-on"),
    path("stop/", views.stop, name="stop"),
    path("archives/<int:pk>/", views.archive, name="archive"),
    path("archives/<int:pk>/remove/", views.remove, name="remove"),
    path("posts/", views.posts, name="posts"),
    path("posts/<int:pk>/", views.post, name="post"),
    path("posts/<int:pk>/done/", views.done, name="done"),
    path("pictures/", views.pictures, name="pictures"),
    path("to-do/", views.to_do, name="to-do"),
    path("report.<str:form>", views.report, name="report"),
    path("threads/", views.threads, name="threads"),
    path("threads/<int:pk>/", views.thread, name="thread"),
    path("profile/", views.profile, name="profile"),
]
