"""One versioned file."""

import pytest

from fairealliance.matching import policy


def test_what_the_policy_says_changes_only_with_its_version() -> None:
    """Edited policy.toml? Give it a new version and add `"version" = "digest"` to policy_versions.toml."""
    now = policy.current().version
    assert policy.locked().get(now) == policy.digest(policy.text()), f"{now} {policy.digest(policy.text())}"


def test_an_edit_under_the_same_version_is_seen_and_a_comment_is_none() -> None:
    """The control of the test above."""
    text = policy.text()
    assert policy.digest(text.replace("radius_km = 30.0", "radius_km = 31.0")) != policy.digest(text)
    assert policy.digest(text + "\n# a word\n") == policy.digest(text)


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("complementarity = 0.45", "complementarity = 0.46"),
        ("place = 0.10", "place = -0.10"),
        ("reciprocity = 0.5", "reciprocity = 1.5"),
        ("at_most = 0.25", "at_most = 2.0"),
    ],
)
def test_what_no_policy_can_say_is_refused(said: str, instead: str) -> None:
    assert said in policy.text()
    with pytest.raises(policy.BadPolicy):
        policy.read(policy.text().replace(said, instead, 1))


def test_an_unknown_sphere_is_always_shown() -> None:
    assert all(bits & 1 for bits in policy.current().gates.shown_to)
