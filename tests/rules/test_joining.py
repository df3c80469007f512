"""Where the readers meet: more evidence never weakens a rule, and an excuse never strengthens one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.errors import DamagedReaderError
from forethought.reading import concerns
from forethought.reading.learned import reader
from forethought.reading.model import LEAST_LEARNED
from forethought.rules import joining, rules
from forethought.rules.joining import Evidence, Joint, features, joints

CHANCE = st.floats(0, 1)
EVIDENCE = st.builds(Evidence, CHANCE, CHANCE, CHANCE, CHANCE, CHANCE)
EACH = st.sampled_from(sorted(joints()))


class TestJoints:
    def test_every_rule_of_the_encoder_is_joined(self) -> None:
        """Each rule that the encoder knows has its joint, and no other rule has."""
        encoder = reader()
        assert encoder is not None
        assert set(encoder.rules) == set(joints()) <= {rule.id for rule in rules()}

    @pytest.mark.parametrize("name", sorted(joints()))
    def test_the_threshold_is_a_probability(self, name: str) -> None:
        """A rule is raised from a probability that can be reached and is not reached by nothing."""
        nothing, all_of_it = Evidence(0.0, 0.0, 0.0, 0.0, 0.0), Evidence(1.0, 1.0, 1.0, 1.0, 0.0)
        joint = joints()[name]
        assert joint.probability(nothing) < joint.least < joint.probability(all_of_it)


class TestProbability:
    @given(EACH, EVIDENCE)
    def test_a_probability(self, name: str, evidence: Evidence) -> None:
        """Any evidence gives a probability."""
        assert 0 <= joints()[name].probability(evidence) <= 1

    @pytest.mark.parametrize("part", ["learned", "severe", "lexical", "shown"])
    @given(EACH, EVIDENCE, CHANCE)
    def test_more_of_any_part_never_weakens_a_rule(self, part: str, name: str, evidence: Evidence, more: float) -> None:
        """A reader that is surer never makes a rule less likely."""
        stronger = evidence._replace(**{part: max(more, getattr(evidence, part))})
        assert joints()[name].probability(stronger) >= joints()[name].probability(evidence)

    @given(EACH, EVIDENCE)
    def test_an_excuse_never_strengthens_a_rule(self, name: str, evidence: Evidence) -> None:
        """What a rule's frames or excuses take back is never likelier for it."""
        joint = joints()[name]
        excused, plain = (joint.probability(evidence._replace(excused=taken_back)) for taken_back in (1.0, 0.0))
        assert excused <= plain

    def test_weights_are_weighed(self) -> None:
        """Log-odds are weighed and added up: a weight of one on a single reader gives back its probability."""
        joint = Joint((1.0, 0.0, 0.0, 0.0, 0.0), 0.0, 0.5)
        assert 0.2 == pytest.approx(joint.probability(Evidence(0.2, 0.9, 0.9, 1.0, 1.0)))

    @pytest.mark.parametrize("part", ["learned", "lexical"])
    def test_nothing_hangs_on_a_cut(self, part: str) -> None:
        """A reader that names nothing counts as one that named the least it would have."""
        silent = Evidence(0.0, 0.5, 0.0, 0.0, 0.0)
        least = {"learned": LEAST_LEARNED, "lexical": concerns.LEAST}[part]
        assert features(silent) == features(silent._replace(**{part: least}))

    def test_a_missing_table_is_named(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """Where the table is missing, it is said which file to mend, and how."""
        monkeypatch.setattr(joining, "FILE", tmp_path / "joining.json")
        joints.cache_clear()
        try:
            with pytest.raises(DamagedReaderError, match=r"joining\.json"):
                joints()
        finally:
            joints.cache_clear()

    def test_nothing_is_beyond_doubt(self) -> None:
        """A probability of 0 or 1 counts as one next to it, so that other evidence can still speak."""
        low, high = (features(Evidence(p, 0.5, 0.5, 0.0, 0.0))[0] for p in (0.0, 1.0))
        assert -8 < low < -6
        assert high == pytest.approx(-low)
