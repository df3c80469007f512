"""This room's addresses."""

from django.urls import URLPattern, path

from forethought.incidents.views import about_me, checking, covering, danger, item, ledger, packing, piled, plan, routes

app_name = "incidents"
urlpatterns: list[URLPattern] = [
    path("danger/", danger.danger, name="danger"),
    path("", ledger.overview, name="overview"),
    path("begin/", ledger.begin, name="begin"),
    path("<int:pk>/", ledger.incident, name="incident"),
    path("<int:pk>/items/", ledger.add_items, name="add-items"),
    path("<int:pk>/add/<str:what>/", ledger.add_record, name="add"),
    path("<int:pk>/quiet/", ledger.quiet, name="quiet"),
    path("<int:pk>/close/", ledger.close, name="close"),
    path("<int:pk>/forget/", ledger.forget, name="forget"),
    path("<int:pk>/records/<str:record>/", item.record, name="record"),
    path("<int:pk>/records/<str:record>/file", item.file, name="file"),
    path("<int:pk>/records/<str:record>/client/", item.client, name="client"),
    path("<int:pk>/records/<str:record>/remove/", item.remove, name="remove"),
    path("<int:pk>/records/<str:record>/cover/", covering.cover, name="cover"),
    path("<int:pk>/check/", checking.check, name="check"),
    path("<int:pk>/sweep/", checking.sweep, name="sweep"),
    path("<int:pk>/head.<str:form>", checking.head, name="head"),
    path("<int:pk>/stamp/", checking.stamp, name="stamp"),
    path("what-to-do/", plan.what_to_do, name="what-to-do"),
    path("<int:pk>/plan/", plan.plan, name="plan"),
    path("<int:pk>/plan.<str:form>", plan.file, name="plan-file"),
    path("<int:pk>/plan/<str:step>/", plan.did, name="did"),
    path("<int:pk>/about-me/", about_me.stages, name="about-me"),
    path("<int:pk>/about-me/summary/", about_me.care, name="care"),
    path("routes/", routes.every, name="routes"),
    path("<int:pk>/routes/<str:id>/", routes.route, name="route"),
    path("<int:pk>/pile-on/", piled.pile_on, name="pile-on"),
    path("<int:pk>/pile-on.<str:form>", piled.counted, name="counted"),
    path("quiet-sheet/<str:platform>.<str:form>", piled.quiet_file, name="quiet-file"),
    path("<int:pk>/packs/", packing.packs, name="packs"),
    path("<int:pk>/packs/<str:id>/", packing.pack, name="pack"),
]
