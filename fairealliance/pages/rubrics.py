"""Which rubric each public thing belongs to. The index learns it as a scope, `rubrique:etudes`."""

from collections.abc import Iterable, Sequence
from functools import partial

from fairealliance.pages.enums import RubricSlug
from fairealliance.resources.enums import ResourceKind
from fairealliance.resources.models import Resource
from fairealliance.search.documents import Doc, Source, register, source, surround

KIND_RUBRICS = {"practice": RubricSlug.EXAMPLES, "study": RubricSlug.STUDIES}
RESOURCE_RUBRICS: dict[str, RubricSlug] = {
    ResourceKind.STUDY: RubricSlug.STUDIES,
    ResourceKind.REPORT: RubricSlug.STUDIES,
    ResourceKind.DATASET: RubricSlug.STUDIES,
    ResourceKind.TOOL: RubricSlug.TOOLS,
    ResourceKind.METHOD: RubricSlug.TOOLS,
    ResourceKind.KIT: RubricSlug.TOOLS,
    ResourceKind.SITE: RubricSlug.TOOLS,
    ResourceKind.TRAINING: RubricSlug.SUPPORT,
    ResourceKind.REPLAY: RubricSlug.SUPPORT,
    ResourceKind.FUND: RubricSlug.SUPPORT,
}


def scope(rubric: str) -> str:
    """How the index names a rubric among the scopes of a document."""
    return f"rubrique:{rubric}"


def register_rubrics() -> None:
    """Have the documents of the rooms below tell their rubric. Called once, when all of them are registered."""
    for kind, rubric in KIND_RUBRICS.items():
        surround(kind, scope(rubric))
    if found := source("resource"):
        register("resource", found.keys, partial(_of_resources, found))


def _of_resources(below: Source, keys: Sequence[str]) -> Iterable[Doc]:
    """One query more than below."""
    numbers = [int(key) for key in keys if key.isdecimal()]
    kinds = dict(Resource.objects.filter(pk__in=numbers).values_list("pk", "kind"))
    for doc in below.build(keys):
        rubric = RESOURCE_RUBRICS.get(kinds.get(int(doc.ref.partition(":")[2]), ""))
        yield doc._replace(apart=scope(rubric)) if rubric else doc
