"""Archives into the vault and their audit: nothing twice, nothing lost, of other people fingerprints alone."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from exports import assigned, unpacked, zipped
from timelines import BREACH, QUIET, everything_kept, numbered, stopping, timeline, tweets

from forethought.clients import keeping as clients
from forethought.clients.names import parted
from forethought.desk.door import Door
from forethought.footprint import keeping
from forethought.footprint.archives import UnknownArchiveError
from forethought.footprint.archives.platform import Options
from forethought.footprint.keeping import Usual, audit, bring_in
from forethought.footprint.models import Archive, Entry, Trouble
from forethought.footprint.work import StoppedError
from forethought.vault import LockedVaultError
from forethought.vault.fingerprints import fingerprint

USUAL = Usual()
NAME = "Marguerite Oystercatcher"
SECRET = "velvet-otter-9071"


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Store five at a time."""
    monkeypatch.setattr(keeping, "BATCH", 5)


def texts() -> list[str]:
    """Return the words of everything kept, sorted."""
    return sorted(Entry.objects.values_list("text", flat=True))


def reviewed(**fields: Any) -> int:
    """Return how many entries were reviewed."""
    return Entry.objects.exclude(verdict="").filter(**fields).count()


class TestReading:
    def test_an_export_read_twice_is_there_once(self, key: bytes, tmp_path: Path) -> None:
        """Reading an export again adds nothing, and counts what it holds as before."""
        path = timeline(tmp_path / "a.json", numbered(12))
        for _ in range(2):
            (archive,) = bring_in([path], USUAL, key)
            assert 12 == archive.read == Entry.objects.count()
            assert archive.finished
        assert 1 == Archive.objects.count()

    def test_what_two_exports_share_is_there_once(self, key: bytes, tmp_path: Path) -> None:
        """Of two exports that overlap, each post is kept once, and none is missing."""
        bring_in([tweets(tmp_path / "old.zip", range(8))], USUAL, key)
        bring_in([tweets(tmp_path / "new.zip", range(4, 12))], USUAL, key)
        assert sorted(f"Heron number {n}." for n in range(12)) == texts()
        assert [8, 8] == sorted(Archive.objects.values_list("read", flat=True))

    def test_numbers_of_two_timelines_may_be_the_same(self, key: bytes, tmp_path: Path) -> None:
        """Two timelines that each count their posts from nought keep all of them."""
        bring_in([timeline(tmp_path / "a.json", ["One.", "Two."])], USUAL, key)
        bring_in([timeline(tmp_path / "b.json", ["Three.", "Two."])], USUAL, key)
        assert ["One.", "Three.", "Two."] == texts()

    def test_two_exports_in_one_folder(self, key: bytes, tmp_path: Path) -> None:
        """Several files given together are one archive, known again whatever order they come in."""
        paths = [timeline(tmp_path / f"{name}.json", [f"The post {name}."]) for name in "ab"]
        for order in (paths, paths[::-1]):
            bring_in(order, USUAL, key)
        assert ["The post a.", "The post b."] == texts()
        assert "b.json, a.json" == Archive.objects.get().name

    def test_what_is_no_export_leaves_nothing(self, key: bytes, tmp_path: Path) -> None:
        """A file that is no export is refused by its name, and nothing of it is kept."""
        path = tmp_path / "holiday.jpg"
        path.write_bytes(b"\xff\xd8\xff")
        with pytest.raises(UnknownArchiveError, match=r"holiday\.jpg"):
            bring_in([path], USUAL, key)
        assert not Archive.objects.exists()

    @pytest.mark.parametrize("after", [1, 5, 6, 11])
    def test_it_is_stopped_and_gone_on_with(self, key: bytes, tmp_path: Path, after: int) -> None:
        """Stopped, it leaves whole batches and says that it is unfinished; gone on with, nothing is lost or double."""
        path = timeline(tmp_path / "a.json", numbered(12))
        with pytest.raises(StoppedError):
            bring_in([path], USUAL, key, stopping(after))
        archive = Archive.objects.get()
        assert after <= archive.read == Entry.objects.count()
        assert archive.finished is None
        bring_in([path], USUAL, key)
        assert sorted(numbered(12)) == texts()
        assert Archive.objects.get().finished

    def test_half_characters_are_kept_as_far_as_they_go(self, key: bytes, tmp_path: Path) -> None:
        """Half an emoji or a zero in a post costs that character alone, and every other stays in its place."""
        path = tmp_path / "a.jsonl"
        path.write_text('{"text": "half \\ud83d of \\u0000 it"}\n', encoding="utf-8")
        bring_in([path], USUAL, key)
        (text,) = texts()
        assert ("half ", " of ", " it") == (text[:5], text[6:10], text[11:])

    def test_a_time_without_a_zone_is_kept(self, key: bytes, tmp_path: Path) -> None:
        """A time of an unknown zone is stored, and is still said to be of none."""
        path = tmp_path / "a.jsonl"
        path.write_text('{"text": "Herons.", "created": "2019-02-03 04:05:06"}\n', encoding="utf-8")
        bring_in([path], USUAL, key)
        entry = Entry.objects.get()
        assert ("2019-02-03 04:05:06", "unknown", 2019) == (entry.raw, entry.zone, entry.created.year)

    def test_what_became_of_each_part_is_kept(self, key: bytes, tmp_path: Path) -> None:
        """The archive says of each table how many were read and lists what could not be, also when it is read again."""
        path = tmp_path / "a.jsonl"
        path.write_text('{"text": "Herons."}\nnot JSON\n', encoding="utf-8")
        for _ in range(2):
            (archive,) = bring_in([path], USUAL, key)
            assert [("posts", 1)] == [(each["name"], each["read"]) for each in archive.tables if each["read"]]
            trouble = Trouble.objects.get()
            assert ("a.jsonl", True) == (trouble.member, "2" in trouble.locator)

    def test_problems_without_end_are_listed_up_to_a_number(
        self, key: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A file of nothing but broken records does not fill the vault; a second reading adds nothing to the list."""
        monkeypatch.setattr(keeping, "MOST_TROUBLES", 7)
        path = tmp_path / "a.jsonl"
        path.write_text('{"text": "Herons."}\n' + "broken\n" * 20, encoding="utf-8")
        for _ in range(2):
            bring_in([path], USUAL, key)
            assert 7 == Trouble.objects.count()

    def test_what_was_read_is_told(self, key: bytes, tmp_path: Path) -> None:
        """The answer on the command line names the platform, the file and the count."""
        archives = bring_in([timeline(tmp_path / "a.json", numbered(3))], USUAL, key)
        document, data = keeping.brought(archives)
        assert [("plain", 3)] == [(each["platform"], each["read"]) for each in data]
        assert "3 items from a.json" in str(document)


def killed(task: Callable[[Any], object], after: int) -> None:
    """Run a task in a process of its own and kill it once it has told of so many batches."""
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    heard, said = fork.Pipe(duplex=False)

    def run() -> None:
        task(said.send)
        signal.pause()  # should it be done before it is killed

    process = fork.Process(target=run)
    process.start()
    said.close()
    for _ in range(after):
        heard.recv()
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert -signal.SIGKILL == process.exitcode


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork a process")
class TestKills:
    @pytest.mark.parametrize("after", [1, 3, 5])
    def test_killed_while_reading(self, key: bytes, tmp_path: Path, after: int, door: Door) -> None:
        """A process killed while it reads leaves what it had told of; the vault is whole, and reading goes on."""
        path = timeline(tmp_path / "a.json", [f"Post {n}." for n in range(28)])
        killed(lambda tell: bring_in([path], USUAL, key, tell), after)
        assert after * 5 - 1 <= Entry.objects.count()
        assert Archive.objects.get().read == Entry.objects.count()
        assert [] == door.vault.check()
        bring_in([path], USUAL, key)
        assert sorted(f"Post {n}." for n in range(28)) == texts()

    @pytest.mark.parametrize("after", [1, 4])
    def test_killed_while_reviewing(self, key: bytes, tmp_path: Path, after: int) -> None:
        """A process killed while it reviews leaves whole reviews, and the next one does what is left."""
        bring_in([timeline(tmp_path / "a.json", numbered(28))], USUAL, key)
        guidance = keeping.own_guidance()
        killed(lambda tell: audit(guidance, "lexical", tell), after)
        done = reviewed()
        assert after * 5 <= done
        assert 0 == Entry.objects.exclude(verdict="").filter(checked="").count()
        assert 28 - done == audit(guidance, "lexical")
        assert (10, 28) == (reviewed(verdict="stop"), reviewed())


def facebook(path: Path) -> Path:
    """Write an export of Facebook with a friend, and conversations with her, one of which breaks off."""
    talk = {
        "participants": [{"name": NAME}, {"name": "Wren Ash"}],
        "messages": [{"sender_name": NAME, "timestamp_ms": 1_600_000_000_000, "content": f"{SECRET} from her"}],
        "title": NAME,
    }
    folder = "your_facebook_activity/messages/inbox/margueriteoystercatcher_123456"
    return zipped(
        path,
        {
            "your_facebook_activity/posts/your_posts_1.json": [
                {"timestamp": 1_600_000_000, "data": [{"post": "Herons."}]}
            ],
            "connections/friends/your_friends.json": {"friends_v2": [{"name": NAME, "timestamp": 1_500_000_000}]},
            f"{folder}/message_1.json": talk,
            f"{folder}/message_2.json": '{"participants": [',
        },
    )  # fmt: skip


def linkedin(path: Path) -> Path:
    """Write an export of LinkedIn with a connection and a message."""
    first, last = NAME.split()
    connections = (
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        f"{first},{last},https://www.linkedin.com/in/margueriteoystercatcher,,,,03 Mar 2021\n"
    )
    messages = (
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT\n"
        f"1,,{NAME},,Wren Ash,2021-03-04 10:00:00 UTC,,{SECRET}\n"
    )
    return zipped(
        path,
        {"Connections.csv": connections, "messages.csv": messages, "Profile.csv": "First Name,Last Name\nWren,Ash\n"},
    )


def instagram(path: Path) -> Path:
    """Write an export of Instagram with somebody followed and somebody liked."""
    handle = {
        "string_list_data": [
            {
                "href": "https://www.instagram.com/margueriteoystercatcher",
                "value": "margueriteoystercatcher",
                "timestamp": 1_600_000_000,
            }
        ]
    }
    liked = {"title": "margueriteoystercatcher"} | handle
    return zipped(
        path,
        {
            "connections/followers_and_following/following.json": {"relationships_following": [handle]},
            "your_instagram_activity/likes/liked_posts.json": {"likes_media_likes": [liked]},
            "your_instagram_activity/media/posts_1.json": [
                {"media": [{"uri": "media/1.jpg", "creation_timestamp": 1_600_000_000, "title": "Herons."}]}
            ],
        },
    )  # fmt: skip


def reposted(path: Path) -> Path:
    """Write an export of X with a repost of somebody else's words, and a conversation."""
    again = {
        "tweet": {
            "id_str": "7",
            "full_text": f"RT @margueriteoystercatcher: {SECRET}",
            "created_at": "Wed Jan 03 10:00:00 +0000 2024",
        }
    }
    talk = {
        "dmConversation": {
            "conversationId": "1-2",
            "messages": [
                {
                    "messageCreate": {
                        "recipientId": "1",
                        "senderId": "2",
                        "text": f"{SECRET} {NAME}",
                        "createdAt": "2024-01-03T10:00:00.000Z",
                        "id": "9",
                    }
                }
            ],
        }
    }
    return zipped(
        path,
        {
            "data/tweets.js": assigned("tweets.part0", [again]),
            "data/direct-messages.js": assigned("direct_messages.part0", [talk]),
            "data/device-token.js": assigned(
                "device_token.part0", [{"deviceToken": {"token": SECRET, "clientApplicationId": "1"}}]
            ),
        },
    )  # fmt: skip


def whatsapp(path: Path) -> Path:
    """Write a chat that is named after the person at the other end."""
    path = path.with_name(f"WhatsApp Chat with {NAME}.txt")
    path.write_text(f"13/01/2024, 10:00 - {NAME}: {SECRET}\n13/01/2024, 10:01 - Wren Ash: Herons.\n", encoding="utf-8")
    return path


class TestOtherPeople:
    @pytest.mark.parametrize("export", [facebook, linkedin, instagram, reposted, whatsapp])
    def test_nobody_else_is_named(self, key: bytes, door: Door, tmp_path: Path, export: Callable[[Path], Path]) -> None:
        """Neither another's name, handle or words nor a secret stands in any field, or in any file of the vault."""
        bring_in([export(tmp_path / "export.zip")], Usual(options=Options(own_messages=True, owner="Wren Ash")), key)
        assert Entry.objects.exists()
        kept = everything_kept().casefold()
        planted = (*NAME.casefold().split(), SECRET)
        assert [] == [word for word in planted if word in kept]
        files = b"".join(path.read_bytes() for path in door.vault.folder.rglob("*") if path.is_file()).lower()
        assert [] == [word for word in planted if word.encode() in files]

    @pytest.mark.parametrize(
        ("export", "kind", "name"),
        [(facebook, "contact", "name"), (linkedin, "contact", "name"), (instagram, "contact", "handle")],
    )
    def test_somebody_is_known_again(
        self, key: bytes, tmp_path: Path, export: Callable[[Path], Path], kind: str, name: str
    ) -> None:
        """A contact's name is there as the fingerprint that the same name gives, and as nothing else."""
        bring_in([export(tmp_path / "export.zip")], USUAL, key)
        (details,) = Entry.objects.filter(kind=kind).values_list("details", flat=True)
        assert fingerprint(key, NAME) == details[name]

    def test_everybody_in_a_conversation_is_known_again(self, key: bytes, tmp_path: Path) -> None:
        """A conversation of several keeps a fingerprint of each of them."""
        people = ["Ida Rook", "Bo Finch", "Kit Wren"]
        talk = {"participants": [{"name": name} for name in people], "messages": [], "title": "Choir"}
        post = [{"timestamp": 1_600_000_000, "data": [{"post": "Herons."}]}]
        path = zipped(
            tmp_path / "export.zip",
            {
                "your_facebook_activity/posts/your_posts_1.json": post,
                "your_facebook_activity/messages/inbox/choir_123456/message_1.json": talk,
            },
        )
        bring_in([path], USUAL, key)
        (details,) = Entry.objects.filter(kind="message").values_list("details", flat=True)
        assert {fingerprint(key, name) for name in people} == set(details["name"].split())

    def test_a_broken_conversation_is_not_named(self, key: bytes, tmp_path: Path) -> None:
        """What could not be read in a conversation is listed, and says that it is one, not whose."""
        bring_in([facebook(tmp_path / "export.zip")], USUAL, key)
        troubles = Trouble.objects.filter(member__startswith="a conversation")
        assert troubles.exists()
        assert not troubles.filter(what__contains="message_2").exists()

    def test_ones_own_profile_is_readable(self, key: bytes, tmp_path: Path) -> None:
        """The person's own name is kept as it is."""
        bring_in([timeline(tmp_path / "a.json", ["Herons."], {"name": "Wren Ash", "bio": "Counsellor"})], USUAL, key)
        assert "Wren Ash" == Entry.objects.get(kind="profile").details["name"]

    def test_a_folder_of_files_is_read_without_its_path(self, key: bytes, tmp_path: Path) -> None:
        """Where an export lies on this computer is not kept."""
        folder = unpacked(
            tmp_path / "somewhere-private" / "export", {"timeline.json": {"posts": [{"text": "Herons."}]}}
        )
        bring_in([folder], USUAL, key)
        assert "somewhere-private" not in everything_kept()


class TestAuditing:
    @pytest.fixture
    def brought(self, key: bytes, tmp_path: Path) -> None:
        """Twelve posts in the vault, four of which somebody should stop."""
        bring_in([timeline(tmp_path / "a.json", numbered(12))], USUAL, key)

    def test_verdicts_are_kept(self, brought: None) -> None:
        """Each post gets its verdict and findings with the words that carry them, by the version that found them."""
        assert 12 == audit(keeping.own_guidance(), "lexical")
        assert (4, 8) == (reviewed(verdict="stop"), reviewed(verdict="clear"))
        entry = Entry.objects.filter(verdict="stop").first()
        assert entry
        assert entry.touches_client
        assert keeping.version("lexical") == entry.checked
        start, end = entry.findings[0]["spans"][0]
        assert entry.text[start:end] in BREACH
        assert 0 == audit(keeping.own_guidance(), "lexical")

    @pytest.mark.parametrize("after", [1, 6])
    def test_it_is_stopped_and_gone_on_with(self, brought: None, after: int) -> None:
        """Stopped, it has kept whole batches; gone on with, it reviews the rest and nothing again."""
        with pytest.raises(StoppedError):
            audit(keeping.own_guidance(), "lexical", stopping(after))
        done = reviewed()
        assert -(-after // 5) * 5 == done
        assert 12 - done == audit(keeping.own_guidance(), "lexical")
        assert 12 == reviewed()

    @pytest.mark.parametrize("after", [5, 10])
    def test_a_vault_that_locks_ends_it(
        self, brought: None, door: Door, after: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Once the vault is locked nothing more is read or written, and unlocked it goes on with what is left."""
        drafts: list[Any] = []
        made = keeping.draft_of
        monkeypatch.setattr(keeping, "draft_of", lambda *given: drafts.append(given) or made(*given))

        def tell(done: int) -> None:
            if done >= after:
                door.vault.lock()

        with pytest.raises(LockedVaultError):
            audit(keeping.own_guidance(), "lexical", tell)
        door.vault.unlock("teapot lantern gravel moth")
        assert after == reviewed() == len(drafts)
        assert 12 - after == audit(keeping.own_guidance(), "lexical")

    def test_a_vault_that_locks_ends_reading(self, key: bytes, tmp_path: Path, door: Door) -> None:
        """The same holds while an export is read."""
        path = timeline(tmp_path / "b.json", [f"Post {n}." for n in range(12)])
        with pytest.raises(LockedVaultError):
            bring_in([path], USUAL, key, lambda done: door.vault.lock())
        door.vault.unlock("teapot lantern gravel moth")
        assert 4 == Entry.objects.count()
        bring_in([path], USUAL, key)
        assert 12 == Entry.objects.count()

    def test_another_version_keeps_what_it_saw_otherwise(self, brought: None, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where another version reads a post otherwise, what the first one said stays beside it; and only there."""
        audit(keeping.own_guidance(), "lexical")
        first = keeping.version("lexical")
        changed = Entry.objects.filter(verdict="clear").first()
        assert changed
        Entry.objects.filter(pk=changed.pk).update(verdict="consider", findings=[{"rule": "respect/tone", "spans": []}])
        monkeypatch.setattr(keeping, "__version__", "99.0")
        assert 12 == audit(keeping.own_guidance(), "lexical")
        differ = Entry.objects.exclude(before={})
        assert [changed.pk] == [entry.pk for entry in differ]
        assert {"verdict": "consider", "rules": ["respect/tone"], "by": first} == differ[0].before
        monkeypatch.setattr(keeping, "__version__", "100.0")
        audit(keeping.own_guidance(), "lexical")
        assert not Entry.objects.exclude(before={}).exists()

    def test_the_first_review_has_nothing_before_it(self, brought: None) -> None:
        """A post that is reviewed for the first time differs from nothing."""
        audit(keeping.own_guidance(), "lexical")
        assert not Entry.objects.exclude(before={}).exists()

    def test_a_client_added_later_is_found(self, key: bytes, tmp_path: Path) -> None:
        """Once a client is added, posts are reviewed again, and one that names them is a stop; removed, it is not."""
        posts = ["Lovely cake, thank you Siobhan Featherstonehaugh!", "Rain all day."]
        bring_in([timeline(tmp_path / "a.json", posts)], USUAL, key)
        assert (2, 0) == (audit(keeping.own_guidance(), "lexical"), reviewed(verdict="stop"))
        clients.add(parted("Siobhan Featherstonehaugh"), "K9")
        assert (2, 1) == (audit(keeping.own_guidance(), "lexical"), reviewed(verdict="stop"))
        clients.remove("K9")
        assert (2, 0) == (audit(keeping.own_guidance(), "lexical"), reviewed(verdict="stop"))

    def test_a_decision_outlives_another_audit(self, brought: None, monkeypatch: pytest.MonkeyPatch) -> None:
        """What was decided about a post stays when a later version reviews it."""
        audit(keeping.own_guidance(), "lexical")
        Entry.objects.filter(verdict="stop").update(decision="delete", reason="Too near.")
        monkeypatch.setattr(keeping, "__version__", "99.0")
        audit(keeping.own_guidance(), "lexical")
        assert 4 == Entry.objects.filter(decision="delete", reason="Too near.", checked="99.0 lexical").count()

    def test_an_account_that_is_for_something_else_is_reviewed_anew(self, key: bytes, tmp_path: Path) -> None:
        """Where an export is brought in for another kind of account, its posts are weighed for that; otherwise not."""
        path = timeline(tmp_path / "a.json", numbered(6))
        bring_in([path], USUAL, key)
        audit(keeping.own_guidance(), "lexical")
        bring_in([path], Usual(qualified=date(2020, 1, 1)), key)
        assert 0 == keeping.to_review("lexical").count()
        bring_in([path], Usual(kind="personal"), key)
        assert 6 == keeping.to_review("lexical").count()

    def test_only_what_others_can_see_and_the_person_wrote_is_reviewed(self, key: bytes, tmp_path: Path) -> None:
        """Posts for oneself alone, reposts, and what has neither words nor pictures wait for no review."""
        bring_in([timeline(tmp_path / "a.json", [BREACH, QUIET])], USUAL, key)
        mine, other = Entry.objects.order_by("pk")
        Entry.objects.filter(pk=mine.pk).update(who="only me")
        assert [other.pk] == [entry.pk for entry in keeping.to_review("lexical")]
        Entry.objects.filter(pk=other.pk).update(own_words=False)
        assert 0 == keeping.to_review("lexical").count()
        Entry.objects.update(own_words=True, who="public", text="")
        assert 0 == keeping.to_review("lexical").count()
        Entry.objects.update(media=[["1.jpg", "Herons"]])
        assert 2 == keeping.to_review("lexical").count()

    def test_a_finding_in_a_picture_s_description_says_so(self, brought: None) -> None:
        """What is found in the description of a picture is kept as such, since its words do not stand in the post."""
        Entry.objects.update(text="The new room.", media=[["1.jpg", f"{BREACH} She sat in the blue chair."]])
        audit(keeping.own_guidance(), "lexical")
        assert all(1 == each["image"] for entry in Entry.objects.all() for each in entry.findings)
        assert 12 == reviewed(verdict="stop")

    def test_the_answer_is_as_the_contract_says(self, brought: None) -> None:
        """What the vault's audit says as data holds each post that something was found in, gravest first."""
        audit(keeping.own_guidance(), "lexical")
        document, data = keeping.audited()
        assert {"posts", "threads"} == set(data)
        assert ["stop"] * 4 == [each["verdict"] for each in data["posts"]]
        assert all({"id", "verdict", "findings"} == set(each) for each in data["posts"])
        assert BREACH in str(document)
        assert QUIET not in str(document)
