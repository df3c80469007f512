"""A profile as clients meet it: each check on profiles that it should raise, and on some that it should not."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.errors import UnknownNameError
from forethought.guidance import Guidance, load
from forethought.policy.interview import defaults
from forethought.policy.model import Answers
from forethought.policy.profile import FILE, Facts, profile_findings
from forethought.policy.purpose import purposes
from forethought.rules import VERDICTS
from forethought.tables import table

Case = tuple[str, str, str, Facts]  # a check, a bio, a name and facts
CHECKS = table(FILE)["check"]
PERSONAL = Facts(account="personal")
WHOLE = "General information only. No therapy here. In danger? Ring 999. Samaritans: 116 123."
RAISED: list[Case] = [
    ("protected-title", "Clinical psychologist in Fife.", "Isla Reid", Facts()),
    ("protected-title", "", "Isla Reid, music therapist", Facts()),
    ("protected-title", "Sport and exercise psychologist.", "Isla", Facts(role="clinical-psychologist")),
    ("psychologist", "Psychologist and coach in Fife.", "Isla Reid", Facts()),
    ("psychologist", "", "Isla Reid, psychologist", Facts(role="psychotherapist")),
    ("cure", "I cure anxiety. Information only. Crisis: 999.", "Amal Hart", Facts()),
    ("cure", "Hypnotherapy cures phobias.", "Amal Hart", Facts()),
    ("unnamed-register", "Accredited counsellor.", "Amal Hart", Facts()),
    ("unnamed-register", "Fully registered and insured.", "Amal Hart", Facts()),
    ("body-in-name", WHOLE, "BACP Counselling Hull", Facts()),
    ("body-in-name", WHOLE, "Your UKCP therapist", Facts()),
    ("body-voice", "Official BACP page.", "Amal Hart", Facts()),
    ("body-logo", WHOLE, "Amal Hart", Facts(logo=True)),
    ("two-roles", "Counsellor and estate agent.", "Amal Hart", Facts()),
    ("two-roles", "Therapist by day, DJ by night.", "Amal Hart", Facts()),
    ("private-on-work", "Counsellor. Mum of two.", "Amal Hart", Facts()),
    ("private-on-work", "CBT therapist, proud dad, gin lover.", "Amal Hart", Facts()),
    ("work-on-private", "Psychotherapist. Cats.", "Amal", PERSONAL),
    ("no-purpose", "Counsellor in Hull. Ring 999 in danger.", "Amal Hart", Facts()),
    ("no-crisis-help", "Counsellor. Page for information.", "Amal Hart", Facts()),
    ("messages-invited", "Counsellor. DMs open.", "Amal Hart", Facts()),
    ("messages-invited", "Here for you 24/7.", "Amal Hart", Facts()),
    ("when-and-where", "Counselling from my home, Mon to Fri 9-8.", "Amal Hart", Facts()),
    ("when-and-where", "Alone in the building until late.", "Amal Hart", Facts()),
]
NOT_RAISED: list[Case] = [
    ("protected-title", "Clinical psychologist, HCPC registered.", "Isla Reid", Facts()),
    ("protected-title", "Trainee clinical psychologist.", "Isla Reid", Facts(role="trainee")),
    ("protected-title", "I read about psychologists.", "Isla Reid", Facts()),
    ("psychologist", "Psychologist in Fife.", "Isla Reid", Facts(role="clinical-psychologist")),
    ("psychologist", "I am not a psychologist.", "Isla Reid", Facts()),
    ("psychologist", "Books for psychologists.", "Isla Reid", Facts()),
    ("cure", "I cannot cure anxiety, but we can look at it.", "Amal Hart", Facts()),
    ("cure", "Fan of The Cure.", "Amal Hart", PERSONAL),
    ("unnamed-register", "Accredited by the BABCP.", "Amal Hart", Facts()),
    ("unnamed-register", "MBACP (Accred), registered.", "Amal Hart", Facts()),
    ("unnamed-register", "A registered charity.", "Hull Listening", Facts(role="organisation")),
    ("body-in-name", WHOLE, "Amal Hart MBACP", Facts()),
    ("body-in-name", "Member of the BACP.", "Amal Hart", Facts()),
    ("body-voice", "Not an official BACP page.", "Amal Hart", Facts()),
    ("body-voice", "Official photographer of the match.", "Amal Hart", Facts()),
    ("body-logo", WHOLE, "Amal Hart", Facts()),
    ("two-roles", "Person-centred model. Counsellor and supervisor.", "Amal Hart", Facts()),
    ("two-roles", "Photographer.", "Amal Hart", Facts()),
    ("private-on-work", "Counselling for mums and dads.", "Amal Hart", Facts()),
    ("private-on-work", "Counselling for every mum to be.", "Amal Hart", Facts()),
    ("private-on-work", "Counsellor. Mum of two.", "Amal Hart", PERSONAL),
    ("work-on-private", "Cats and cake.", "Amal", PERSONAL),
    ("no-purpose", WHOLE, "Amal Hart", Facts()),
    ("no-purpose", "Cats and cake.", "Amal", PERSONAL),
    ("no-crisis-help", WHOLE, "Amal Hart", Facts()),
    ("messages-invited", "Message me to book.", "Amal Hart", Facts()),
    ("messages-invited", "Do not message me about yourself.", "Amal Hart", Facts()),
    ("when-and-where", "Open Mon to Fri 9-5 at the health centre.", "Amal Hart", Facts()),
    ("when-and-where", "From home, online only, 9-5.", "Amal Hart", Facts()),
]
FAIR = [
    "Black psychotherapist in south London. Information about racial trauma. UKCP registered. Emergencies: 999.",
    "Queer, disabled, neurodivergent counsellor. Information only. Crisis help: 116 123.",
    "Muslim counsellor, MNCPS. Information on faith and grief. In an emergency ring 999.",
    "Psychotherapist (UKCP) and author. News of my books. No therapy here. Samaritans 116 123.",
    "Integrative counsellor, MBACP (Accred). Grief and loss, in Hull. Information, not therapy. Crisis: 116 123.",
    "Trainee counsellor, second year. Here for information on my course. Emergency: 999.",
    "Autistic CBT therapist accredited by the BABCP. Resources about anxiety. Not for emergencies: ring 111.",
]


def ids(bio: str, name: str, facts: Facts, guidance: Guidance) -> set[str]:
    """Return what a profile raises, by id."""
    return {each.id for each in profile_findings(bio, name, facts, guidance)}


def named(cases: list[Case]) -> list[str]:
    """Return how each case is called: its check, and the how-manieth of it."""
    checks = [case[0] for case in cases]
    return [f"{check}-{checks[: number + 1].count(check)}" for number, check in enumerate(checks)]


class TestChecks:
    @pytest.mark.parametrize(("check", "bio", "name", "facts"), RAISED, ids=named(RAISED))
    def test_raised(self, check: str, bio: str, name: str, facts: Facts, guidance: Guidance) -> None:
        """A profile that shows it raises the check."""
        assert f"profile/{check}" in ids(bio, name, facts, guidance)

    @pytest.mark.parametrize(("check", "bio", "name", "facts"), NOT_RAISED, ids=named(NOT_RAISED))
    def test_not_raised(self, check: str, bio: str, name: str, facts: Facts, guidance: Guidance) -> None:
        """A profile that merely looks like it does not."""
        assert f"profile/{check}" not in ids(bio, name, facts, guidance)

    def test_every_check_is_tried(self) -> None:
        """Each check has a profile that raises it and one that does not."""
        every = {check["id"] for check in CHECKS}
        assert every == {case[0] for case in RAISED} == {case[0] for case in NOT_RAISED}

    @pytest.mark.parametrize("bio", FAIR, ids=[f"fair-{n}" for n, _ in enumerate(FAIR, 1)])
    def test_who_people_are_is_never_raised(self, bio: str, guidance: Guidance) -> None:
        """Identity, faith, lived experience and a plain account of one's work raise nothing."""
        assert set() == ids(bio, "Amal Hart", Facts(), guidance)

    def test_its_owners_details_are_nobody_elses(self, guidance: Guidance) -> None:
        """Details in a profile are its owner's, and are not taken for those of somebody who could be recognised."""
        bio = "Mum of two in Ludlow, nurse at the hospital until 2019, walks on Tuesdays."
        assert not any(id.startswith("confidentiality/") for id in ids(bio, "Amal Hart", Facts(), guidance))

    def test_our_own_statements_raise_nothing(self, answers: Answers, guidance: Guidance) -> None:
        """A profile made from the interview passes its own checks."""
        for given_answers in (answers, defaults()):
            for each in purposes(given_answers, "bluesky"):
                assert set() == ids(each.words, "Amal Hart", Facts(platform="bluesky"), guidance)


class TestFindings:
    @pytest.mark.parametrize(
        ("bio", "rule"),
        [
            ("The UK's best trauma therapist. 98% success rate.", "standing/misleading-claim"),
            ("Speaking for BABCP members on everything.", "standing/speaks-for-body"),
            ("My home is 14 Acacia Avenue, LS6 2AB.", "safety/personal-details"),
        ],
    )
    def test_rules_do_what_they_can(self, bio: str, rule: str, guidance: Guidance) -> None:
        """What a rule raises on a post it raises on a profile, with its own words."""
        (found,) = (each for each in profile_findings(bio, "Amal", Facts(), guidance) if each.id == rule)
        assert all(words in f"Amal\n{bio}" for words in found.words)
        assert found.provisions

    def test_the_words_that_show_it(self, guidance: Guidance) -> None:
        """A check shows the words that raised it, and none where something is missing."""
        found = {each.id: each.words for each in profile_findings("Counsellor. Mum of two.", "Amal", Facts(), guidance)}
        assert ("Counsellor", "Mum of") == found["profile/private-on-work"]
        assert () == found["profile/no-crisis-help"]

    def test_the_most_severe_come_first(self, guidance: Guidance) -> None:
        """Findings stand in the order of their severity."""
        found = profile_findings("Clinical psychologist. DMs open.", "BACP Hull", Facts(logo=True), guidance)
        severities = [VERDICTS.index(each.severity) for each in found]
        assert sorted(severities, reverse=True) == severities

    @pytest.mark.parametrize("body", ["bacp", "babcp", "bps-dcp"])
    def test_only_active_bodies_are_heard(self, body: str, guidance: Guidance) -> None:
        """Each finding rests on provisions of the active body that ask for something, and on no other's."""
        for each in profile_findings("Clinical psychologist. Mum of two.", "BACP", Facts(), guidance.active([body])):
            assert {body} == {provision.body for provision in each.provisions}
            assert "silent" not in {provision.standing for provision in each.provisions}

    @pytest.mark.parametrize("body", ["bacp", "babcp", "bps-dcp"])
    def test_each_body_hears_a_logo_and_a_cure(self, body: str, guidance: Guidance) -> None:
        """A logo and a promised cure are raised whichever body is the only one, with what it asks."""
        found = profile_findings("I cure anxiety.", "Amal", Facts(logo=True), guidance.active([body]))
        raised = {each.id: each for each in found}
        assert raised["profile/body-logo"].provisions
        assert raised["profile/cure"].provisions
        assert "None of the documents here speaks of logos" in raised["profile/body-logo"].why

    def test_an_empty_profile_raises_nothing(self, guidance: Guidance) -> None:
        """Where there is nothing to read nothing is missed."""
        assert () == profile_findings("", " ", Facts(), guidance)

    def test_an_unknown_platform(self, guidance: Guidance) -> None:
        """A platform that is not in the list is named."""
        with pytest.raises(UnknownNameError, match="facebook"):
            profile_findings("Counsellor.", "Amal", Facts(platform="facebok"), guidance)

    @given(st.text(max_size=120), st.text(max_size=40))
    def test_any_words(self, bio: str, name: str) -> None:
        """Any profile at all gives an answer."""
        assert isinstance(profile_findings(bio, name, Facts(), load()), tuple)


class TestData:
    @pytest.mark.parametrize("check", CHECKS, ids=lambda each: each["id"])
    def test_each_check_rests_on_duties(self, check: dict[str, Any], guidance: Guidance) -> None:
        """Each check names duties for which some document asks, and is no judgement of the person."""
        assert guidance.supports(check["duties"])
        assert not any(
            word in f"{check['what']} {check['why']}".lower() for word in ("should not have", "unprofessional", "bad")
        )
