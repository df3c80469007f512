"""This room's pages: an interview to a kept version, its papers and who was given them, and what is not there."""

import html as escapes
import re
from datetime import date
from typing import Any

import pytest
from at_the_desk import DOOR
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from forethought.desk.models import Profile
from forethought.documents.forms import FORMS
from forethought.platforms import platforms
from forethought.policy import keeping
from forethought.policy.forms import LARGEST
from forethought.policy.interview import defaults
from forethought.policy.models import Given, Interview, Version
from forethought.policy.papers import PAPERS
from forethought.policy.views import steps

STEPS = steps()

GIVEN = {"reference": "K7", "on": "2026-03-02", "way": "talked", "agreed": "on", "note": "By text, not by e-mail."}
BIO = {
    "name": "Wren Ash", "bio": "The best therapist in Ludlow. I cure anxiety in six sessions.", "role": "counsellor",
    "account": "professional", "platform": "instagram",
}  # fmt: skip
ELSEWHERE = (
    "I do not accept friend requests. I am the best therapist in Heronsbrook and I cure anxiety in six sessions."
)


def said(answer: Any) -> str:
    """Return a page as text."""
    return escapes.unescape(str(answer.content.decode()))


def as_shown(answer: Any) -> dict[str, Any]:
    """Return what a page's forms would send if nothing in them was changed."""
    fields = [field for form in answer.context["forms"] for field in form]
    return {field.html_name: field.value() for field in fields if field.value() not in (None, "", [])}


def walk(client: Browser, **changed: Any) -> Any:
    """Go through the whole interview, with changes to what is shown, and return the last answer."""
    for step in range(1, STEPS + 1):
        address = f"/policy/interview/{step}/"
        shown = as_shown(client.get(address))
        answer = client.post(address, shown | {id: given for id, given in changed.items() if id in shown})
    return answer


def version(client: Browser, **changed: Any) -> Version:
    """Keep a version of the answers so far, with changes, and return it."""
    keeping.keep({**keeping.answers(), **changed})
    client.post("/policy/read/")
    newest = Version.objects.first()
    assert newest
    return newest


class TestTheInterview:
    def test_an_empty_start(self, client: Browser) -> None:
        """The first page asks to begin; nothing is kept, and there is nothing to read yet."""
        shown = said(client.get("/policy/"))
        assert ">Begin</a>" in shown
        assert "/policy/read/" not in shown
        assert not Interview.objects.exists()

    def test_from_an_empty_start_to_a_version(self, client: Browser) -> None:
        """Whoever changes nothing walks through the steps to a version of the strictest answers."""
        assert "/policy/read/" == walk(client).headers["Location"]
        answer = client.post("/policy/read/", follow=True)
        assert "/policy/1/" == answer.redirect_chain[-1][0]
        kept = Version.objects.get()
        assert (1, date.today(), defaults()) == (kept.number, kept.made, kept.told)
        assert "Go through the questions" in said(client.get("/policy/"))

    def test_each_step_leads_to_the_next(self, client: Browser) -> None:
        """An answered page leads on, keeps its answers, and shows them when one comes back."""
        shown = as_shown(client.get("/policy/interview/1/"))
        answer = client.post("/policy/interview/1/", shown | {"practice-name": "Amal Hart", "practice-for": ["former"]})
        assert "/policy/interview/2/" == answer.headers["Location"]
        again = client.get("/policy/interview/1/")
        assert 'value="Amal Hart"' in said(again)
        assert ["former"] == as_shown(again)["practice-for"]

    def test_what_follows_is_asked_at_once(self, client: Browser) -> None:
        """A question that follows from an answer is asked on the same page, and nothing that was typed is lost."""
        shown = as_shown(client.get("/policy/interview/2/"))
        assert "message-time" not in shown
        told = shown | {"app-messages": "app-bookings", "reply-time": "three working days"}
        answer = client.post("/policy/interview/2/", told)
        assert 200 == answer.status_code
        assert "more questions follow" in said(answer)
        assert 'name="message-time"' in said(answer)
        assert told == as_shown(answer)
        assert 302 == client.post("/policy/interview/2/", told | {"message-time": "two days"}).status_code
        assert ("two days",) == keeping.answers()["message-time"]

    def test_what_follows_has_the_strictest_answer(self, client: Browser) -> None:
        """What is asked for the first time has the strictest answer to begin with, as everything else had."""
        shown = as_shown(client.get("/policy/interview/5/"))
        answer = client.post("/policy/interview/5/", shown | {"young-clients": "young"})
        assert "agreed" == as_shown(answer)["parents"]

    @pytest.mark.parametrize("step", range(1, STEPS + 1))
    def test_every_single_choice_can_be_taken_back(self, client: Browser, step: int) -> None:
        """Every question of which one answer is picked offers to say nothing, since a browser takes no pick back."""
        forms = client.get(f"/policy/interview/{step}/").context["forms"]
        single = [form[each.id] for form in forms for each in form.questions if each.kind == "one"]
        assert single
        assert all("Say nothing about it" in str(field) for field in single)

    @pytest.mark.parametrize(
        "chosen", [{"client-requests": ""}, {"practice-for": []}, {"practice-name": ""}], ids=["one", "many", "words"]
    )
    def test_a_question_can_be_left_open(self, client: Browser, chosen: dict[str, Any]) -> None:
        """An answer of every kind can be taken back; the question stays open, and the next page comes all the same."""
        keeping.keep({**defaults(), "practice-name": ("Amal Hart",)})
        shown = as_shown(client.get("/policy/interview/1/"))
        assert 302 == client.post("/policy/interview/1/", shown | chosen).status_code
        assert not set(chosen) & set(keeping.answers())
        assert not set(chosen) & set(as_shown(client.get("/policy/interview/1/")))

    def test_what_is_refused(self, client: Browser) -> None:
        """An answer that is not offered and words that are too long are refused at their field, and nothing is kept."""
        shown = as_shown(client.get("/policy/interview/1/"))
        wrong = {"practice-name": "x" * 81, "accounts": "martian", "practice-contact": "on my card"}
        answer = client.post("/policy/interview/1/", shown | wrong)
        assert 400 == answer.status_code
        for words in ("at most 80 characters", "martian is not one of the available", 'value="on my card"'):
            assert words in said(answer)
        assert not Interview.objects.exists()

    def test_what_guidance_speaks_against_is_said(self, client: Browser) -> None:
        """A choice that sits uneasily says against whose guidance, by the bodies that the person chose."""
        Profile.objects.create(bodies=["bps-dcp"])
        shown = said(client.get("/policy/interview/1/"))
        (label,) = re.findall(r"I do not answer[^<]*\(against this: [^)]*\)|\(against this: [^)]*\)", shown)[:1]
        assert "BPS" in label or "Psycholog" in label
        assert "BABCP" not in label

    @pytest.mark.parametrize("step", [0, STEPS + 1, 999])
    def test_a_step_that_is_not_there(self, client: Browser, step: int) -> None:
        """There is no step before the first nor after the last."""
        assert 404 == client.get(f"/policy/interview/{step}/").status_code
        assert 404 == client.post(f"/policy/interview/{step}/", {}).status_code

    def test_it_ends_where_the_policy_is_read(self, client: Browser) -> None:
        """The last step's button leads to the policy, and every step but the first leads back."""
        assert "Read your policy</button>" in said(client.get(f"/policy/interview/{STEPS}/"))
        assert f"/policy/interview/{STEPS - 1}/" in said(client.get(f"/policy/interview/{STEPS}/"))
        assert "/policy/interview/0/" not in said(client.get("/policy/interview/1/"))


class TestReading:
    def test_the_policy_as_it_stands(self, client: Browser) -> None:
        """The page shows the policy, how easy it is to read, and what is open, each with a way to its step."""
        shown = said(client.get("/policy/read/"))
        assert "This is what clients will read. " in shown
        assert "Who wrote this, and is it for me?" in shown
        asks = "What name do clients know you or your practice by?"
        assert f'<a href="/policy/interview/1/">{asks}</a>' in shown

    def test_a_silent_topic_is_named(self, client: Browser) -> None:
        """A topic on which nothing was answered is named, with a way to its step."""
        keeping.keep({id: given for id, given in defaults().items() if id != "location"})
        shown = said(client.get("/policy/read/"))
        assert re.search(r'says nothing about: <a href="/policy/interview/3/">', shown)

    def test_what_cannot_both_be_true_is_said(self, client: Browser) -> None:
        """Two choices that contradict each other are shown before the policy is kept, with the way to change one."""
        assert "do not go together" not in said(client.get("/policy/read/"))
        keeping.keep({**keeping.answers(), "message-safety": ("only-me", "office")})
        assert "do not go together" in said(client.get("/policy/read/"))

    def test_a_choice_in_doubt_is_told(self, client: Browser) -> None:
        """A choice that guidance speaks against is shown before the policy is kept, with who says so."""
        assert "guidance speaks against them" not in said(client.get("/policy/read/"))
        keeping.keep({**defaults(), "follow-me": ("open",)})
        shown = said(client.get("/policy/read/"))
        assert "guidance speaks against them" in shown
        assert "GPIA-65" in shown

    def test_a_version_must_say_something_new(self, client: Browser) -> None:
        """A second version of the same answers is refused, with what to do; a changed answer makes one."""
        version(client)
        answer = client.post("/policy/read/")
        assert 400 == answer.status_code
        assert "Nothing has changed since version 1" in said(answer)
        assert 2 == version(client, **{"reply-time": ("two days",)}).number

    def test_words_are_shown_as_words(self, client: Browser) -> None:
        """What was typed never acts as a page's own signs."""
        keeping.keep({**defaults(), "practice-name": ("<script>x</script>",)})
        assert b"<script>x" not in client.get("/policy/read/").content


class TestAVersion:
    @pytest.mark.parametrize("form", list(FORMS))
    @pytest.mark.parametrize("paper", list(PAPERS))
    def test_every_paper_in_every_form(self, client: Browser, paper: str, form: str) -> None:
        """Each paper of a version comes as each kind of file, under a name that tells them apart."""
        version(client)
        answer = client.get(f"/policy/1/{paper}.{form}")
        assert 200 == answer.status_code
        assert f'filename="digital-policy-{paper}-1.{form}"' in answer.headers["Content-Disposition"]
        assert FORMS[form].content_type == answer.headers["Content-Type"]
        assert len(answer.content) > 300

    def test_its_page(self, client: Browser) -> None:
        """A version's page has every paper in every form, the policy, and when to look at it again."""
        version(client)
        shown = said(client.get("/policy/1/"))
        assert all(f"/policy/1/{paper}.{form}" in shown for paper in PAPERS for form in FORMS)
        assert "To be looked at again by" in shown
        assert "Nobody is noted yet" in shown
        assert "What changed" not in shown

    def test_an_older_one_stays(self, client: Browser) -> None:
        """A version says what it said, whatever is answered afterwards."""
        version(client, **{"practice-name": ("Amal Hart",)})
        before = client.get("/policy/1/policy.txt").content
        version(client, **{"practice-name": ("Bede Hart",)})
        assert before == client.get("/policy/1/policy.txt").content
        assert b"Bede Hart" in client.get("/policy/2/policy.txt").content

    def test_what_changed(self, client: Browser) -> None:
        """A second version says in plain words what is different from the first."""
        version(client, **{"practice-name": ("Amal Hart",)})
        version(client, **{"practice-name": ("Bede Hart",)})
        changed = "It said: This policy is from Amal Hart. It now says: This policy is from Bede Hart."
        assert changed in said(client.get("/policy/2/"))

    @pytest.mark.parametrize("form", list(FORMS))
    def test_the_changes_are_handed_over(self, client: Browser, form: str) -> None:
        """The changes can be saved in every kind of file."""
        version(client)
        version(client, **{"follow-me": ("remove",)})
        answer = client.get(f"/policy/2/changes.{form}")
        assert f'filename="changes-2.{form}"' in answer.headers["Content-Disposition"]
        assert len(answer.content) > 300

    @pytest.mark.parametrize(
        "address",
        ["9/", "9/policy.pdf", "9/changes.pdf", "1/changes.pdf", "1/poster.pdf", "1/policy.exe", "1/given/9/remove/"],
    )
    def test_what_is_not_there(self, client: Browser, address: str) -> None:
        """A version, a paper, a form, a change or a note that is not there is not found."""
        version(client)
        ask = client.post if "given" in address else client.get
        assert 404 == ask(f"/policy/{address}").status_code

    @pytest.mark.parametrize("address", ["", "1/policy.pdf", "1/changes.pdf"])
    def test_what_only_gives(self, client: Browser, address: str) -> None:
        """Nothing is sent to the pages that only give something, and nothing is removed by following a link."""
        assert 405 == client.post(f"/policy/{address}").status_code
        assert 405 == client.get("/policy/1/given/1/remove/").status_code


class TestWhoWasGivenIt:
    def test_a_name_is_no_reference(self, client: Browser) -> None:
        """Nobody is noted under what looks like a name, and what to write in its place is said."""
        version(client)
        answer = client.post("/policy/1/", GIVEN | {"reference": "Siobhan Kelly"})
        assert 400 == answer.status_code
        assert "This looks like a name" in said(answer)
        assert not Given.objects.exists()

    def test_it_is_noted(self, client: Browser) -> None:
        """Who was given which version is kept by reference, with the day, the way and whether they agreed."""
        version(client)
        version(client, **{"follow-me": ("remove",)})
        client.post("/policy/1/", GIVEN)
        client.post("/policy/2/", GIVEN | {"reference": "K8", "agreed": "", "note": ""})
        kept = Given.objects.get(reference="K7")
        assert (1, date(2026, 3, 2), "talked", True) == (kept.version.number, kept.on, kept.way, kept.agreed)
        shown = said(client.get("/policy/1/"))
        assert "2 March 2026. Handed over and talked through. Agreed. By text, not by e-mail." in shown
        assert "<strong>K8</strong>" not in shown
        assert "Not agreed yet." in said(client.get("/policy/2/"))
        assert "given to 1 client<" in said(client.get("/policy/"))

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"reference": ""}, "Give your reference for the client."),
            ({"reference": "x" * 41}, "at most 40"),
            ({"on": "soon"}, "Enter a valid date"),
            ({"on": ""}, "Say when they were given it."),
            ({"way": ""}, "Choose how they were given it."),
            ({"way": "pigeon"}, "pigeon is not one of the available"),
        ],
        ids=["no-reference", "long-reference", "wrong-day", "no-day", "no-way", "unknown-way"],
    )
    def test_what_is_refused(self, client: Browser, changed: dict[str, str], words: str) -> None:
        """What is missing or unknown is said at its field, nothing is noted, and the rest stays in the form."""
        version(client)
        answer = client.post("/policy/1/", GIVEN | changed)
        assert 400 == answer.status_code
        assert words in said(answer)
        assert "By text, not by e-mail." in said(answer)
        assert not Given.objects.exists()

    def test_it_is_taken_back(self, client: Browser) -> None:
        """A note can be removed, from its own version alone."""
        version(client)
        version(client, **{"follow-me": ("remove",)})
        client.post("/policy/1/", GIVEN)
        pk = Given.objects.get().pk
        assert 404 == client.post(f"/policy/2/given/{pk}/remove/").status_code
        assert "/policy/1/" == client.post(f"/policy/1/given/{pk}/remove/").headers["Location"]
        assert not Given.objects.exists()


class TestTheReminder:
    @pytest.mark.parametrize(("years", "shown"), [(0, False), (1, True), (2, True)])
    def test_it_comes_when_the_day_has(self, client: Browser, years: int, shown: bool) -> None:
        """The first page and the room's own remind of the newest version once its year is over, and not before."""
        version(client)
        today = date.today()
        Version.objects.update(made=today.replace(year=today.year - years, day=min(today.day, 28)))
        assert shown == ("Look at your digital policy again" in said(client.get("/")))
        assert shown == ("Version 1 was to be looked at again by" in said(client.get("/policy/")))

    def test_a_newer_version_ends_it(self, client: Browser) -> None:
        """An old version that a new one followed reminds of nothing."""
        version(client)
        Version.objects.update(made=date(2020, 1, 31))
        version(client, **{"follow-me": ("remove",)})
        assert "Look at your digital policy again" not in said(client.get("/"))

    def test_without_a_version(self, client: Browser) -> None:
        """Nothing is due where nothing was made."""
        assert "Look at your digital policy again" not in said(client.get("/"))


def file(content: bytes) -> dict[str, Any]:
    """Return a file as the page sends it."""
    return {"text": "", "file": SimpleUploadedFile("policy.txt", content)}


class TestAPolicyFromElsewhere:
    @pytest.mark.parametrize("sent", [{"text": ELSEWHERE}, file(ELSEWHERE.encode())], ids=["pasted", "file"])
    def test_what_it_covers(self, client: Browser, sent: dict[str, Any]) -> None:
        """Pasted words and a file are looked through alike: what they cover, miss, and what a check would raise."""
        found = client.post("/policy/elsewhere/", sent).context["found"]
        for words in ("I do not accept friend requests", "What it does not seem to cover", "“best therapist in”"):
            assert words in escapes.unescape(found)

    @pytest.mark.parametrize(
        ("sent", "words"),
        [
            ({"text": ""}, "Paste your policy, or choose its file."),
            ({"text": " \n "}, "Paste your policy, or choose its file."),
            (file(b"\x89PNG\r\n\0\0\0"), "not a kind of file that holds plain words"),
            (file(b"PK\x03\x04 no package"), "it is damaged"),
            (file(b"%PDF-1.7 no more"), "it is damaged, or locked with a password"),
            (file(b"- - -"), "No words were found in the file"),
            (file(b"a" * (LARGEST + 1)), "larger than any policy"),
        ],
        ids=["nothing", "blanks", "a-picture", "no-package", "no-pdf", "no-words", "too-large"],
    )
    def test_what_is_refused(self, client: Browser, sent: dict[str, Any], words: str) -> None:
        """Nothing at all, and a file that is no policy, are refused with what to do instead."""
        answer = client.post("/policy/elsewhere/", sent)
        assert 400 == answer.status_code
        assert words in said(answer)

    def test_nothing_of_it_is_kept(self, client: Browser) -> None:
        """Nothing of it is in the vault, in the answers, or found by a search, and no plain byte of it is on disk."""
        client.post("/policy/elsewhere/", {"text": ELSEWHERE})
        client.post("/policy/elsewhere/", file(ELSEWHERE.encode()))
        assert not Interview.objects.exists()
        assert not Version.objects.exists()
        assert "/policy/" not in re.sub(r"<nav.*?</nav>", "", said(client.get("/", {"words": "Heronsbrook"})), flags=16)
        assert "Heronsbrook" not in said(client.get("/policy/elsewhere/"))
        kept = [path.read_bytes() for path in DOOR.vault.folder.rglob("*") if path.is_file()]
        assert not any(b"Heronsbrook" in each for each in kept)


class TestProfiles:
    @pytest.mark.parametrize("platform", [id for id, each in platforms().items() if each.profile])
    def test_statements_fit_the_platform(self, client: Browser, platform: str) -> None:
        """The statements of purpose are no longer than the platform's profile, and it stays chosen."""
        answer = client.get("/policy/profile/", {"platform": platform})
        made = answer.context["purposes"]
        assert made
        assert all(len(each.words) <= platforms()[platform].profile for each in made)
        assert f'<option value="{platform}" selected>' in said(answer)

    @pytest.mark.parametrize("platform", ["telepathy", "sms"])
    def test_a_platform_without_profiles(self, client: Browser, platform: str) -> None:
        """A platform that is not known or that has no profiles is not found."""
        assert 404 == client.get("/policy/profile/", {"platform": platform}).status_code

    def test_no_page_for_work(self, client: Browser) -> None:
        """Where the answers name no page for work, the page says so in place of statements."""
        keeping.keep({**defaults(), "accounts": ("none",)})
        assert "Your answers name no page for work" in said(client.get("/policy/profile/"))

    def test_a_profile_is_looked_at(self, client: Browser) -> None:
        """What a profile raises is said with the words that show it, why, and what to write instead."""
        shown = said(client.post("/policy/profile/", BIO | {"logo": "on"}))
        assert "best therapist" in shown
        assert "<dt>Instead</dt>" in shown
        assert "logo" in said(client.post("/policy/profile/", BIO | {"logo": "on", "bio": "Hello."})).lower()

    def test_nothing_found_is_no_promise(self, client: Browser) -> None:
        """A profile in which nothing is found is told so, without praise."""
        quiet = {"bio": "Herons, mostly.", "name": "Wren", "account": "personal"}
        assert "which is no promise" in said(client.post("/policy/profile/", BIO | quiet))

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"bio": ""}, "Write what the profile says."),
            ({"bio": "x" * 5_001}, "at most 5000"),
            ({"role": "wizard"}, "wizard is not one of the available"),
            ({"platform": "sms"}, "sms is not one of the available"),
        ],
        ids=["no-bio", "long-bio", "unknown-role", "no-profiles-there"],
    )
    def test_what_is_refused(self, client: Browser, changed: dict[str, str], words: str) -> None:
        """What is missing or unknown is said at its field, and nothing is looked at."""
        answer = client.post("/policy/profile/", BIO | changed)
        assert 400 == answer.status_code
        assert words in said(answer)
        assert "looked" not in answer.context


class TestApart:
    def test_a_plan(self, client: Browser) -> None:
        """What holds makes a plan, with a note to family and friends in both tones."""
        shown = said(client.post("/policy/apart/", {"holds": ["one_account", "same_photo"]}))
        for words in ("1. ", "In a formal tone", "In a warm tone", "Who says so"):
            assert words in shown
        assert "Save as a PDF" not in said(client.get("/policy/apart/"))

    def test_nothing_holds(self, client: Browser) -> None:
        """With nothing ticked there is the step for everyone alone."""
        shown = said(client.post("/policy/apart/", {"do": ""}))
        assert "1. " in shown
        assert "2. " not in re.sub(r"[^<>]{60,}", "", shown)

    @pytest.mark.parametrize("form", list(FORMS))
    def test_it_is_saved(self, client: Browser, form: str) -> None:
        """The plan can be saved in every kind of file."""
        answer = client.post("/policy/apart/", {"holds": ["one_account"], "do": form})
        assert f'filename="work-and-private-life-apart.{form}"' in answer.headers["Content-Disposition"]

    def test_an_unknown_fact(self, client: Browser) -> None:
        """A fact that is not asked is refused, and no plan is made."""
        answer = client.post("/policy/apart/", {"holds": ["two_heads"]})
        assert 400 == answer.status_code
        assert "plan" not in answer.context


@pytest.mark.parametrize(
    "address", ["", "interview/1/", "read/", "1/", "1/policy.pdf", "elsewhere/", "profile/", "apart/"]
)
def test_a_locked_vault_shows_nothing(visitor: Browser, address: str) -> None:
    """Before the vault is open every page of the room leads to where it is opened."""
    assert visitor.get(f"/policy/{address}").headers["Location"].startswith("/unlock/")
