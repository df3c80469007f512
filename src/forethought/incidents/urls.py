"""This room's addresses."""

app_name = "incidents"
urlpatterns: list[object] = []
