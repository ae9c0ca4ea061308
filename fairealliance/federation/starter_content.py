"""The content that comes with the product: what the documents name, and invented examples marked as such."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.federation.actions import import_file
from fairealliance.federation.mapping import kinds
from fairealliance.federation.models import ImportRun
from fairealliance.federation.sources import STARTER
from fairealliance.federation.starter_collections import FILE as COLLECTIONS
from fairealliance.federation.starter_collections import load_collections
from fairealliance.federation.tally import Tally
from fairealliance.journal.actions import record
from fairealliance.organisations import actions as organisations
from fairealliance.practices import actions as practices
from fairealliance.provenance.actions import remove_invented_sources
from fairealliance.resources import actions as resources
from fairealliance.territories.lookup import CodeBook
from fairealliance.territories.models import Edition

# Organisations first: resources name who made them, practices name both.
_KINDS = ("organisations", "ressources", "pratiques")
_REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Part:
    """Files of the starter folder whose name begins with `prefix`. Its name is the kind of its ImportRun."""

    name: str
    prefix: str

    def files(self) -> list[tuple[str, Path]]:
        found = [(kind, STARTER / f"{self.prefix}{kind}.csv") for kind in _KINDS]
        return [(kind, path) for kind, path in found if path.exists()]

    def digest(self) -> str:
        """Of the files, of how they are read, and of the territories they refer to."""
        digest = hashlib.sha256((STARTER / "sources.toml").read_bytes())
        digest.update(COLLECTIONS.read_bytes())
        for kind, path in self.files():
            digest.update(path.read_bytes())
            digest.update(kinds()[kind].digest.encode())
        editions = Edition.objects.exclude(name="figures").order_by("name").values_list("name", "digest")
        digest.update(repr(list(editions)).encode())
        return digest.hexdigest()


CONTENT = Part("starter", "")
DEMO = Part("demo", "demo_")


def load(*, by: Actor, part: Part, again: bool = False) -> Tally | None:
    """Loads a part, unless it is there already (None). Demo content that was removed comes back only `again`."""
    require_hub_editor(by)
    digest = part.digest()
    last = ImportRun.objects.filter(kind=part.name, status=ImportRun.Status.DONE).order_by("-id").first()
    if last and not again and (last.digest == digest or last.message == _REMOVED):
        return None
    book, total = CodeBook.load(), Tally()
    for kind, path in part.files():
        done = import_file(by=by, kind=kind, path=path, book=book).tally
        total.read += done.read
        total.rejected += done.rejected
        total.add(done.created, done.updated, done.unchanged)
    if part == CONTENT:
        load_collections(by=by)
    _keep(part, digest, total.as_dict())
    return total


def remove_demo(*, by: Actor) -> dict[str, int]:
    """Deletes everything invented, so that no start brings it back. Returns how many of each kind."""
    require_hub_editor(by)
    with transaction.atomic():
        removed = {
            "practices": practices.remove_demo(by=by),
            "resources": resources.remove_demo(by=by),
            "organisations": organisations.remove_demo(by=by),
        }
        remove_invented_sources(by=by)
        record(by=by, verb="demo-removed", subject="import:demo", detail=removed)
        _keep(DEMO, DEMO.digest(), removed, _REMOVED)
    return removed


def _keep(part: Part, digest: str, counts: dict[str, int], message: str = "") -> None:
    ImportRun.objects.create(
        kind=part.name,
        file_name="starter",
        digest=digest,
        status=ImportRun.Status.DONE,
        counts=counts,
        message=message,
        ended_at=timezone.now(),
    )
