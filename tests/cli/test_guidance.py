"""Reading the guidance: packs, bodies, duties, provisions, rules, two side by side, and coverage."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result

from forethought.cli.guidance import served_by_rooms
from forethought.guidance import load
from forethought.guidance.coverage import coverage, together
from forethought.guidance.lookup import compare
from forethought.pages.guidance import served
from forethought.rules import rules

Run = Callable[..., Result]


def data(run: Run, *arguments: str) -> Any:
    """Return what a guidance command answers as JSON."""
    return json.loads(run("guidance", *arguments, "--format", "json").stdout)


class TestList:
    def test_everything_is_listed(self, run: Run) -> None:
        """Every pack, duty and rule is in the list."""
        said = run("guidance", "list").stdout
        ids = [each.id for group in (load().packs, load().duties, rules()) for each in group]
        assert [] == [id for id in ids if id not in said]

    def test_as_data(self, run: Run) -> None:
        """The same list comes as data, with the number of provisions in each pack."""
        counts = {pack.id: len(pack.provisions) for pack in load().packs}
        assert counts == {pack["id"]: pack["provisions"] for pack in data(run, "list")["packs"]}


class TestShow:
    @pytest.mark.parametrize(
        ("id", "kind", "words"),
        [
            ("bacp", "body", "British Association for Counselling and Psychotherapy"),
            ("bacp-gpia-040", "pack", "to be read again by"),
            ("supervision", "duty", "Supervision and consultation"),
            ("BACP2-04", "provision", "BACP2-04"),
            ("bacp2-04", "provision", "BACP2-04"),
            ("confidentiality/client-case", "rule", "Examples that are raised"),
        ],
    )
    def test_each_kind(self, run: Run, id: str, kind: str, words: str) -> None:
        """Anything that has an id has a page, whatever its capitals."""
        assert words in " ".join(run("guidance", "show", id).stdout.split())
        assert (kind, id.casefold()) == ((found := data(run, "show", id))["page"], found["id"].casefold())

    def test_a_pack_shows_every_provision(self, run: Run) -> None:
        """A pack's page holds each of its provisions."""
        pack = load().pack("bacp-social-media-2")
        said = run("guidance", "show", pack.id).stdout
        assert [] == [each.id for each in pack.provisions if f"- {each.id} (" not in said]

    def test_a_duty_names_its_rules(self, run: Run) -> None:
        """A duty's page names the rules that serve it."""
        rule = rules()[0]
        assert rule.id in data(run, "show", rule.duties[0])["rules"]

    @pytest.mark.parametrize(
        ("id", "says"),
        [
            ("supervison", "id 'supervison' is not known. Use supervision"),
            ("qqqq", "'qqqq' is no pack, body, duty, provision or rule."),
        ],
    )
    def test_an_unknown_id(self, run: Run, id: str, says: str) -> None:
        """An id that is not known is answered with the nearest, or with where to look."""
        result = run("guidance", "show", id)
        assert (2, True) == (result.exit_code, result.stderr.startswith(f"forethought: {says}"))


class TestCompare:
    def test_it_says_what_the_guidance_says(self, run: Run) -> None:
        """Each duty stands with how strongly both hold it."""
        expected = compare(load(), "bacp", "babcp")
        rows = data(run, "compare", "bacp", "babcp")["rows"]
        assert [(row.duty.id, row.first.standing, row.second.standing) for row in expected.rows] == [
            (row["duty"], row["first"]["standing"], row["second"]["standing"]) for row in rows
        ]

    def test_the_page_holds_what_differs(self, run: Run) -> None:
        """The page shows the duties held differently and leaves the others out."""
        said = " ".join(run("guidance", "compare", "bacp", "babcp").stdout.split())
        apart = [row for row in compare(load(), "bacp", "babcp").rows if not row.alike]
        assert "BACP and BABCP" in said
        assert [] == [row.duty.name for row in apart if row.duty.name not in said]

    def test_columns_have_short_heads(self, run: Run, harbour: str) -> None:
        """A body that is not known by its initials heads its column by its id, so that no word is broken."""
        for arguments in (("compare", "harbour", "bacp"), ("coverage",)):
            said = run("guidance", *arguments, "--pack", harbour).stdout
            head = next(line for line in said.splitlines() if line.startswith(("Duty ", "Status ")))
            assert {"harbour", "BACP"} <= set(head.split())

    def test_capitals_do_not_matter(self, run: Run) -> None:
        """A body is known whatever its capitals."""
        assert data(run, "compare", "bacp", "babcp") == data(run, "compare", "BACP", "Babcp")

    def test_a_body_with_itself(self, run: Run) -> None:
        """A body holds every duty as strongly as itself."""
        assert {True} == {row["alike"] for row in data(run, "compare", "bacp", "bacp")["rows"]}

    def test_an_unknown_body(self, run: Run) -> None:
        """A body that is not known is answered with the nearest."""
        assert "body 'babp' is not known. Use " in run("guidance", "compare", "bacp", "babp").stderr


class TestCoverage:
    def test_it_comes_from_what_exists(self, run: Run) -> None:
        """The totals are those that the rules' own duties give, with what the rooms serve."""
        every = together(served(), *served_by_rooms())
        assert coverage(load(), every).totals() == data(run, "coverage")["totals"]

    def test_rooms_serve_what_they_cite(self) -> None:
        """The contact guide and the policy stand under provisions that they cite, and the audit under rules' duties."""
        footprint, contacts, policy, *_ = served_by_rooms()
        assert "contacts/connection-request" in contacts["GPIA-65"]["guide"]
        assert "policy/friend-requests" in policy["GPIA-65"]["docgen"]
        assert {duty for rule in rules() for duty in rule.duties} == set(footprint)
        ids = {each.id for each in load().provisions()}
        assert {*contacts, *policy} <= ids

    def test_every_rule_serves_its_duties(self) -> None:
        """Each rule stands under each of its duties, and none under any other."""
        serving = {(duty, name) for duty, ways in served().items() for names in ways.values() for name in names}
        assert {(duty, rule.id) for rule in rules() for duty in rule.duties} == serving

    def test_only_a_look_at_an_image_serves_images(self) -> None:
        """Just the rule that looks at images counts as a check of them."""
        assert {"reach/missing-alt-text"} == {name for ways in served().values() for name in ways.get("image", ())}

    def test_every_provision_is_counted_once(self, run: Run) -> None:
        """The totals and the list hold each provision once."""
        found = data(run, "coverage")
        ids = [each["id"] for each in found["provisions"]]
        assert (len(load().provisions()),) * 3 == (len(ids), len(set(ids)), sum(found["totals"].values()))


class TestForms:
    @pytest.mark.parametrize("form", ["text", "json", "html"])
    @pytest.mark.parametrize(
        "arguments",
        [("list",), ("show", "babcp"), ("show", "jigsaw"), ("compare", "bacp", "bps-dcp"), ("coverage",)],
        ids=" ".join,
    )
    def test_every_command_has_every_form(self, run: Run, arguments: tuple[str, ...], form: str) -> None:
        """Each answer can be read in the terminal, by a program and in a browser."""
        result = run("guidance", *arguments, "--format", form)
        opening = {"text": "", "json": "{", "html": "<!DOCTYPE html>"}[form]
        assert (0, True) == (result.exit_code, result.stdout.startswith(opening))


def test_coverage_lists_every_provision(run: Run) -> None:
    """The page names each provision with how it is served, beside the totals."""
    said = run("guidance", "coverage", "--format", "html").stdout
    assert [] == [p.id for p in load().provisions() if f"{p.id}, " not in said]
