"""The policy: one versioned file, read once. Gates and weights stand apart, so that one can never become the other."""

import hashlib
import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from fairealliance.matching.bits import SPHERES, UNKNOWN_SPHERE, sphere_bits

PARTS = ("complementarity", "goals", "skills", "place", "freshness", "reliability")


class BadPolicy(ValueError):
    """The file says something that cannot be."""


@dataclass(frozen=True, slots=True)
class Gates:
    radius_km: float
    radius_at_most_km: float
    points_at_most: int
    shown_to: tuple[int, ...]
    """Index of the sphere that asks → bits of the spheres that may be shown."""


@dataclass(frozen=True, slots=True)
class Weights:
    complementarity: float
    goals: float
    skills: float
    place: float
    freshness: float
    reliability: float


@dataclass(frozen=True, slots=True)
class Exposure:
    contenders: int
    most: float
    span: float
    half_life_days: float


@dataclass(frozen=True, slots=True)
class Policy:
    """What `data/policy.toml` says; each number is explained there."""

    version: str
    gates: Gates
    weights: Weights
    reciprocity: float
    themes: float
    unknown_goals: float
    place: dict[str, float]
    freshness_half_life_days: float
    unknown_freshness: float
    prior: float
    strength: float
    wide_levels: frozenset[str]
    wide_at_most: float
    wide_at_least: float
    exposure: Exposure


def text() -> str:
    """The file as it is."""
    return (resources.files(__package__) / "data" / "policy.toml").read_text("utf-8")


def digest(of: str) -> str:
    """Of what the file says, not of how: comments and spaces may change under one version."""
    return hashlib.sha256(repr(_sorted(tomllib.loads(of))).encode()).hexdigest()


def locked() -> dict[str, str]:
    """Version → digest of every policy that ever served."""
    return tomllib.loads((resources.files(__package__) / "data" / "policy_versions.toml").read_text("utf-8"))


@cache
def current() -> Policy:
    """The policy in force."""
    return read(text())


def read(of: str) -> Policy:
    """Raises BadPolicy, KeyError or TypeError for what no policy can say."""
    data = tomllib.loads(of)
    weights = Weights(**data["weights"])
    told = [getattr(weights, part) for part in PARTS]
    if min(told) < 0 or not math.isclose(sum(told), 1.0, abs_tol=1e-9):
        raise BadPolicy("the weights must be positive and add up to 1")
    gates = data["gates"]
    policy = Policy(
        version=data["version"],
        gates=Gates(
            radius_km=gates["radius_km"],
            radius_at_most_km=gates["radius_at_most_km"],
            points_at_most=gates["points_at_most"],
            shown_to=_shown_to(gates["spheres"]),
        ),
        weights=weights,
        reciprocity=data["complementarity"]["reciprocity"],
        themes=data["goals"]["themes"],
        unknown_goals=data["goals"]["unknown"],
        place=data["place"],
        freshness_half_life_days=data["freshness"]["half_life_days"],
        unknown_freshness=data["freshness"]["unknown"],
        prior=data["reliability"]["prior"],
        strength=data["reliability"]["strength"],
        wide_levels=frozenset(data["wide"]["levels"]),
        wide_at_most=data["wide"]["at_most"],
        wide_at_least=data["wide"]["at_least"],
        exposure=Exposure(**data["exposure"]),
    )
    shares: tuple[float, ...] = (
        policy.reciprocity,
        policy.themes,
        policy.unknown_goals,
        policy.unknown_freshness,
        policy.prior,
    )
    shares += (*policy.place.values(), policy.wide_at_most, policy.wide_at_least)
    if not all(0 <= share <= 1 for share in shares):
        raise BadPolicy("a share lies between 0 and 1")
    return policy


def _shown_to(table: dict[str, list[str]]) -> tuple[int, ...]:
    unknown = 1 << UNKNOWN_SPHERE
    return tuple(sphere_bits(table[name]) | unknown for name in ("inconnue", *SPHERES))


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return sorted((key, _sorted(each)) for key, each in value.items())
    return value
