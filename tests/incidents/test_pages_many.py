"""Many items at once: as many as a pile-on brings can be dropped, and chosen from, in one go."""

from acts import begun, item, text
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from forethought.incidents import keeping


def test_many_files_dropped_at_once(client: Client) -> None:
    """More than a hundred files that are dropped together are all kept."""
    made = begun()
    files = [SimpleUploadedFile(f"{number}.txt", f"you will regret this, {number}".encode()) for number in range(120)]
    client.post(f"/incidents/{made.pk}/items/", {"chosen": files})
    assert 120 == keeping.records(made, "item").count()


def test_many_items_to_choose_from(client: Client) -> None:
    """A form in which more than a thousand boxes are ticked is taken."""
    made = begun()
    kept = item(made, b"first", title="First", client="no")
    answer = client.post(f"/incidents/{made.pk}/packs/police/", {"do": "look", "items": [kept] * 1_200})
    assert (200, True) == (answer.status_code, "what would go" in text(answer))
