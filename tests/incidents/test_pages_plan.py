"""The plan's pages: questions one at a time, a plan to act on, routes with their warnings, and what was done."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from acts import ASKED, begun, item, text
from at_the_desk import DOOR
from django.test import Client

from forethought.documents.forms import FORMS
from forethought.incidents import keeping
from forethought.incidents.fields import said
from forethought.incidents.forms.plan import LONGEST
from forethought.incidents.models import Incident
from forethought.incidents.noting import STEP
from forethought.incidents.triage.load import routes
from forethought.incidents.triage.model import NATIONS
from forethought.incidents.triage.reporting import warnings
from forethought.incidents.views import routes as views_routes
from forethought.incidents.views.plan import SURE

FREE = "/incidents/what-to-do/"
DONE = {"done": "yes", "when": "2026-11-02", "to": "The platform", "reference": "R-77", "answer": "", "remark": ""}


def walk(client: Client, address: str, **changed: list[str]) -> tuple[list[str], Any]:
    """Answer every question that a page asks, and return the questions' ids and the page at the end."""
    answers = ASKED | {id.replace("_", "-"): chosen for id, chosen in changed.items()}
    page, seen = client.get(address), []
    while page.context and "question" in page.context:
        id = page.context["question"].id
        seen.append(id)
        sent: dict[str, Any] = {"question": id, "answer": answers.get(id, [])}
        for name, value in page.context["carried"]:
            sent.setdefault(name, []).append(value)
        page = client.post(address, sent, follow=True)
    return seen, page


def actions(incident: Incident) -> list[Any]:
    """Return the actions in an incident's ledger."""
    return list(keeping.records(incident, "action"))


class TestTheQuestions:
    def test_nothing_is_kept_without_an_incident(self, client: Client) -> None:
        """Somebody who keeps nothing is asked one question at a time, and comes to a plan; nothing is stored."""
        seen, page = walk(client, FREE)
        assert len(seen) == len(set(seen)) > 8
        assert "Nothing of this is kept" in text(page)
        assert not Incident.objects.exists()

    def test_danger_is_first_and_fixation_before_blocking(self, client: Client) -> None:
        """Danger is asked first, and whether somebody keeps coming back before a word on blocking is said."""
        first = client.get(FREE)
        assert "danger" == first.context["question"].id
        seen, _ = walk(client, FREE)
        assert seen.index("fixation") < seen.index("nature")
        urgent = client.post(FREE, {"question": "danger", "answer": "no"})
        assert not re.search(r"\bblock", text(urgent).split("<main")[1], re.IGNORECASE)

    def test_answers_are_kept_with_an_incident(self, client: Client) -> None:
        """The answers about an incident are there when its page is opened again, and one can be changed alone."""
        incident = begun()
        incident.answers = {}
        incident.save()
        address = f"/incidents/{incident.pk}/plan/"
        _, page = walk(client, address)
        assert "plan" in page.context
        assert "plan" in client.get(address).context
        again = client.post(address, {"ask": "nation"})
        assert "nation" == again.context["question"].id
        assert "England" == again.context["form"].initial["answer"]
        client.post(address, {"question": "nation", "answer": "Scotland"})
        assert "Scotland" == client.get(address).context["plan"].answers.nation

    def test_other_answers_of_an_incident_stay(self, client: Client) -> None:
        """What else is kept beside the answers, such as lists of a pile-on, stays as a question is answered."""
        incident = begun()
        incident.answers = incident.answers | {"lists": ["a"]}
        incident.save()
        client.post(f"/incidents/{incident.pk}/plan/", {"question": "nation", "answer": "Wales"})
        incident.refresh_from_db()
        assert ["a"] == incident.answers["lists"]

    @pytest.mark.parametrize("answer", [{}, {"answer": "perhaps"}], ids=["none", "unknown"])
    def test_a_question_that_was_not_answered(self, client: Client, answer: dict[str, str]) -> None:
        """A question without an answer, or with one that there is not, is asked again, and refused."""
        page = client.post(FREE, {"a-danger": "no", "question": "urgent-signs", "answer": "x"})
        assert 400 == page.status_code
        page = client.post(FREE, {"question": "danger", **answer})
        assert 400 == page.status_code
        assert "danger" == page.context["question"].id

    @pytest.mark.parametrize("given", [{"danger": "yes"}, {"danger": "no", "urgent-signs": "threat-to-life"}])
    def test_danger_is_said_on_every_page(self, client: Client, given: dict[str, str]) -> None:
        """Once somebody is said to be in danger, every further page says first to call 999."""
        carried = {f"a-{id}": chosen for id, chosen in given.items()}
        page = client.post(FREE, carried)
        assert "Call 999 now." in text(page)

    def test_the_bar_leads_to_a_plan_with_danger(self, client: Client) -> None:
        """The link of the danger bar shows the plan as it is in danger: 999 is the first step and the first route."""
        page = client.get(f"/incidents/{begun().pk}/plan/?danger=yes")
        assert "call-999" == page.context["now"][0].id
        assert "emergency" == page.context["ways"][0].id
        assert "Call 999 now." in text(page)

    def test_a_critic_is_told_from_a_troll(self, client: Client) -> None:
        """Who chose a troll and ticks signs of a real concern is shown the plan for a critic, and told so."""
        _, page = walk(client, FREE, nature=["trolling"], troll_or_critic=["about-the-work"])
        assert "criticism" == page.context["plan"].nature.id
        assert "What you ticked speaks more for" in text(page)


class TestThePlan:
    def test_support_is_never_hidden(self, client: Client) -> None:
        """A plan ends with support, outside of anything that is folded away, and offers a break and quiet mode."""
        page = text(client.get(f"/incidents/{begun().pk}/plan/")).split("<main")[1]
        support = page.index('id="support"')
        assert page.rindex("</details>") < support
        assert "Your supervisor" in page[support:]
        assert "Quiet mode" in page[support:]

    def test_who_says_so_is_folded_away(self, client: Client) -> None:
        """The words of the documents are there, and folded away until they are wanted."""
        page = text(client.get(f"/incidents/{begun().pk}/plan/"))
        assert "<summary>Who says so</summary>" in page
        assert page.index("<summary>Who says so") < page.index("BABCP-97")
        assert "You may block, once you have kept it." in page

    def test_where_bodies_differ_is_plain(self, client: Client) -> None:
        """Where the bodies differ on blocking, the plan says so in the open, body by body."""
        page = client.get(f"/incidents/{begun(nature=['discrimination'], grounds=['race']).pk}/plan/")
        assert page.context["differences"]
        shown = text(page)
        differ = shown.index("Where your bodies differ")
        assert "<strong>BACP (first version):</strong>" in shown
        assert "<strong>BABCP:</strong>" in shown
        assert shown.count("<details", 0, differ) == shown.count("</details>", 0, differ)

    def test_nobody_is_told_to_block_a_stalker(self, client: Client) -> None:
        """Where somebody keeps coming back, blocking is advised against and no step asks for it."""
        page = client.get(f"/incidents/{begun(fixation=['fixated']).pk}/plan/")
        assert "no" == page.context["plan"].block
        assert "block" not in {each.id for each in (*page.context["now"], *page.context["next"])}
        assert "do-not-block" in {each.id for each in page.context["avoid"]}

    @pytest.mark.parametrize("form", FORMS)
    def test_it_is_saved_as_a_file(self, client: Client, form: str) -> None:
        """The plan of an incident, and one that is not kept, can be saved in every form of document."""
        kept = client.get(f"/incidents/{begun().pk}/plan.{form}")
        free = client.post(FREE, {f"a-{id}": chosen or [""] for id, chosen in ASKED.items()} | {"do": form})
        for page in (kept, free):
            assert "attachment" in page.headers["Content-Disposition"]
            assert page.content

    def test_no_file_before_every_question(self, client: Client) -> None:
        """There is no file of a plan whose questions are not answered, nor in a form that there is not."""
        incident = begun()
        assert 404 == client.get(f"/incidents/{incident.pk}/plan.exe").status_code
        incident.answers = {}
        incident.save()
        assert 404 == client.get(f"/incidents/{incident.pk}/plan.html").status_code


class TestWhatWasDone:
    def test_a_step_is_noted(self, client: Client) -> None:
        """A step that was done becomes an action in the ledger with its day and number, and the plan shows it."""
        incident = begun()
        answer = client.post(f"/incidents/{incident.pk}/plan/report-platform/", DONE)
        assert f"/incidents/{incident.pk}/plan/" == answer.headers["Location"]
        (action,) = actions(incident)
        assert ("2026-11-02", "R-77", "report-platform") == tuple(
            action.value(name) for name in ("when", "reference", STEP)
        )
        assert "said" == action.fields["when"]["from"]
        assert "Reported it to the platform, 2 November 2026" in text(client.get(f"/incidents/{incident.pk}/plan/"))

    def test_a_step_that_was_not_done(self, client: Client) -> None:
        """What was not done is noted as that, with why; without why it is asked for."""
        address = f"/incidents/{begun().pk}/plan/block/"
        assert 400 == client.post(address, DONE | {"done": "no"}).status_code
        client.post(address, DONE | {"done": "no", "remark": "I want to see what they do."})
        (action,) = actions(Incident.objects.get())
        assert "Not done: blocked the account" == action.value("step")

    @pytest.mark.parametrize(
        "wrong",
        [
            {"when": (date.today() + timedelta(days=1)).isoformat()}, {"when": ""}, {"when": "soon"}, {"done": "x"},
            {"remark": "x" * (LONGEST + 1)},
        ],
    )  # fmt: skip
    def test_what_cannot_be_noted(self, client: Client, wrong: dict[str, str]) -> None:
        """A day to come, no day, and words without end are refused, with the form as it was filled."""
        incident = begun()
        page = client.post(f"/incidents/{incident.pk}/plan/block/", DONE | wrong)
        assert 400 == page.status_code
        assert "R-77" in text(page)
        assert [] == actions(incident)

    @pytest.mark.parametrize("step", ["no-reply", "nothing", "route-nothing"])
    def test_no_such_step(self, client: Client, step: str) -> None:
        """What is no step to be done, and a route that there is not, is not found."""
        assert 404 == client.get(f"/incidents/{begun().pk}/plan/{step}/").status_code


class TestTheRoutes:
    @pytest.mark.parametrize("nation", NATIONS)
    def test_a_nation_has_its_own(self, client: Client, nation: str) -> None:
        """A nation's list holds every route that serves it and no other."""
        page = client.get("/incidents/routes/", {"nation": nation})
        assert [each for each in routes() if nation in each.nations] == [each for each, _ in page.context["rows"]]

    def test_the_nation_is_asked(self, client: Client) -> None:
        """Without a nation no route is shown, and a nation that there is not is not found."""
        assert not client.get("/incidents/routes/").context["rows"]
        assert 404 == client.get("/incidents/routes/", {"nation": "Narnia"}).status_code

    @pytest.mark.parametrize("days", [0, 5_000], ids=["unchecked", "past its day"])
    def test_the_warning_stands_above_the_number(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, days: int
    ) -> None:
        """What a route cannot do stands first, then each warning that is due, and only then its number."""
        today = date.today() + timedelta(days=days)
        monkeypatch.setattr(views_routes, "date", type("Then", (), {"today": staticmethod(lambda: today)}))
        incident, row = begun(), next(each for each in routes() if each.id == "police" and "England" in each.nations)
        for address in (f"/incidents/{incident.pk}/routes/police/", "/incidents/routes/?nation=England"):
            page = text(client.get(address))
            page = page[page.index(row.name) :]
            told = [row.cannot_do[0], *warnings(row, today), f"<strong>{row.phone}</strong>"]
            places = [page.index(words) for words in told]
            assert len(told) == (3 if days == 0 else 4)
            assert sorted(places) == places

    def test_nothing_keeps_anybody_from_999(self, client: Client) -> None:
        """Above 999 stands that it is the number, and not to look elsewhere first."""
        page = client.get("/incidents/routes/?nation=England")
        assert ("emergency", (SURE,)) in [(each.id, told) for each, told in page.context["rows"]]

    def test_a_draft_from_the_ledger(self, client: Client) -> None:
        """The draft of a report holds what was kept and what is asked for, and of an item with a client its number."""
        incident = begun()
        item(incident, b"one", title="Insult under my talk", address="https://example.org/1", client="no")
        item(incident, b"two", title="About Kim who sees me", address="https://example.org/2", client="perhaps")
        page = client.post(f"/incidents/{incident.pk}/routes/police/", {"asked": "Record it."})
        draft = page.context["draft"]
        for words in ("Insult under my talk", "https://example.org/1", "Item 2", "Record it."):
            assert words in draft
        for words in ("Kim", "https://example.org/2"):
            assert words not in draft
        assert "1 item is named by number alone" in text(page)

    def test_a_report_is_noted(self, client: Client) -> None:
        """A report to a route is noted with whom it went to, and its page and the plan's say so."""
        incident = begun()
        client.post(f"/incidents/{incident.pk}/plan/route-police/", DONE | {"to": "The police"})
        assert "Reported to or asked: Police" in text(client.get(f"/incidents/{incident.pk}/routes/police/"))
        incident.answers["asked"]["nature"] = ["threat"]
        incident.save()
        assert "Reported to or asked: Police" in text(client.get(f"/incidents/{incident.pk}/plan/"))

    def test_the_row_of_the_nation(self, client: Client) -> None:
        """In Scotland the police are Police Scotland, and fraud and hate lead to them."""
        incident = begun(nation=["Scotland"])
        for id in ("police", "fraud", "hate"):
            assert "Police Scotland" in client.get(f"/incidents/{incident.pk}/routes/{id}/").context["route"].name

    def test_the_nation_is_asked_on_the_way(self, client: Client) -> None:
        """A route opened before the questions asks for the nation, keeps it, and goes on."""
        incident = begun()
        incident.answers = {}
        incident.save()
        address = f"/incidents/{incident.pk}/routes/police/"
        assert "Which nation are you in?" in text(client.get(address))
        assert 400 == client.post(address, {"nation": "x"}).status_code
        assert address == client.post(address, {"nation": "Wales"}).headers["Location"]
        assert "route" in client.get(address).context

    def test_what_is_not_there(self, client: Client) -> None:
        """A route that there is not, and an incident that there is not, is not found."""
        assert 404 == client.get(f"/incidents/{begun().pk}/routes/nothing/").status_code
        for address in ("plan/", "plan.html", "plan/block/", "routes/police/", "about-me/"):
            assert 404 == client.get(f"/incidents/99/{address}").status_code


class TestAboutMe:
    def incident(self, **changed: list[str]) -> Incident:
        """Return an incident about a post that the person regrets."""
        return begun(nature=["own-post"], **changed)

    def test_only_for_what_is_about_oneself(self, client: Client) -> None:
        """For anything else, the page sends on to the questions."""
        assert "following" not in client.get(f"/incidents/{begun().pk}/about-me/").context
        assert "Go to the questions" in text(client.get(f"/incidents/{begun().pk}/about-me/"))

    def test_a_copy_comes_before_removal(self, client: Client) -> None:
        """Until a copy is noted, removal is not offered and is refused; once it is, removal can be noted."""
        incident = self.incident()
        address = f"/incidents/{incident.pk}/about-me/"
        for step in ("remove", "remove-own-post"):
            assert f"/plan/{step}/" not in text(client.get(address))
            refused = client.post(f"/incidents/{incident.pk}/plan/{step}/", DONE)
            assert 400 == refused.status_code
            assert "Keep a copy first" in text(refused)
        assert [] == actions(incident)
        client.post(f"/incidents/{incident.pk}/plan/capture/", DONE)
        assert "/plan/remove/" in text(client.get(address))
        assert 302 == client.post(f"/incidents/{incident.pk}/plan/remove-own-post/", DONE).status_code

    def test_the_stages_follow_each_other(self, client: Client) -> None:
        """Each stage that is noted brings the next, from the copy to what is learned, and the log shows all of them."""
        incident = self.incident()
        address, seen = f"/incidents/{incident.pk}/about-me/", []
        while following := client.get(address).context["following"]:
            seen.append(following.id)
            answer = client.post(f"/incidents/{incident.pk}/plan/{following.id}/?from=about-me", DONE)
            assert address == answer.headers["Location"]
        assert ["capture", "limit", "remove", "record", "consult", "tell", "learn"] == seen
        assert "2 November 2026" in text(client.get(address))

    @pytest.mark.parametrize("form", FORMS)
    def test_the_summary(self, client: Client, form: str) -> None:
        """The summary for supervision can be saved in every form, with the question that was typed."""
        incident = self.incident()
        answer = client.post(f"/incidents/{incident.pk}/about-me/summary/", {"question": "Whom to tell?", "do": form})
        assert "attachment" in answer.headers["Content-Disposition"]
        if form in ("txt", "html", "md"):
            assert "Whom to tell?" in text(answer)

    def test_no_other_form(self, client: Client) -> None:
        """A form of document that there is not is not found."""
        answer = client.post(f"/incidents/{self.incident().pk}/about-me/summary/", {"question": "", "do": "exe"})
        assert 404 == answer.status_code


def test_a_removed_note_is_no_deed(client: Client) -> None:
    """What was noted and removed again is no longer shown as done."""
    incident = begun()
    keeping.add(incident, "action", said(step="Kept a copy", when="2026-11-02", **{STEP: "capture"}), incident.opened)
    page = client.get(f"/incidents/{incident.pk}/plan/")
    assert any(each.noted for each in (*page.context["now"], *page.context["next"]))
    keeping.remove(DOOR.vault, incident, actions(incident)[0].record, "a slip", incident.opened)
    page = client.get(f"/incidents/{incident.pk}/plan/")
    assert not any(each.noted for each in (*page.context["now"], *page.context["next"]))
