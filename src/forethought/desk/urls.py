"""The desk's addresses; each room's lie under its own name."""

from django.urls import URLPattern, URLResolver, include, path

from forethought.desk.rooms import rooms
from forethought.desk.views import check, front, home, keep, library

handler400 = "forethought.desk.views.errors.refused"
handler404 = "forethought.desk.views.errors.not_found"
handler500 = "forethought.desk.views.errors.unforeseen"

urlpatterns: list[URLPattern | URLResolver] = [
    path("enter/<str:token>/", front.enter, name="enter"),
    path("begin/", front.begin, name="begin"),
    path("strength/", front.weigh, name="weigh"),
    path("awake/", front.awake, name="awake"),
    path("unlock/", front.unlock, name="unlock"),
    path("recover/", front.recover, name="recover"),
    path("lock/", front.lock, name="lock"),
    path("stop/", front.stop, name="stop"),
    path("", home.home, name="home"),
    path("check/", check.check, name="check"),
    path("held/", check.held_drafts, name="held-drafts"),
    path("held/<int:pk>/", check.held, name="held"),
    path("held/<int:pk>/let-go/", check.let_go, name="let-go"),
    path("guidance/", library.library, name="library"),
    path("guidance/compare/", library.compare, name="compare"),
    path("guidance/<path:id>/", library.entry, name="entry"),
    path("settings/", keep.overview, name="settings"),
    path("settings/profile/", keep.profile, name="save-profile"),
    path("settings/accounts/", keep.add_account, name="add-account"),
    path("settings/accounts/<int:pk>/remove/", keep.remove_account, name="remove-account"),
    path("settings/aside/<int:pk>/raise/", keep.raise_again, name="raise-again"),
    path("settings/passphrase/", keep.change, name="change"),
    path("settings/integrity/", keep.integrity, name="integrity"),
    path("settings/backup/", keep.back_up, name="back-up"),
    path("settings/restore/", keep.restore, name="restore"),
    path("settings/export/", keep.give_all, name="export"),
    path("settings/erase/", keep.erase, name="erase"),
    *(path(f"{room.name}/", include(f"forethought.{room.name}.urls")) for room in rooms()),
]
