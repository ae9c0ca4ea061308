"""Making one organisation of two that are the same, and parting them again. At the desk only."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.core import serializers
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.models import User
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.journal.actions import record
from fairealliance.lib.lives import NotAllowed
from fairealliance.organisations.enums import ClaimStatus, Role
from fairealliance.organisations.members.alone import lock, others
from fairealliance.organisations.members.deciding import close, tell
from fairealliance.organisations.models import OPEN, Claim, Member, Merger, Organisation
from fairealliance.provenance.kept import corrected, forget, remember
from fairealliance.territories.models import Territory

_NUMBERS = ("siren", "rna")
_GIVEN = (
    *_NUMBERS,
    "acronym",
    "sphere",
    "description",
    "naf",
    "legal_category",
    "website",
    "email",
    "phone",
    "goals",
    "targets",
    "themes",
    "seat_id",
)

Preparer = Callable[[Organisation, Organisation, Actor], None]
_preparers: list[Preparer] = []


def register(prepare: Preparer) -> None:
    """Have `prepare(kept, gone, by)` settle, in the same transaction, what could not stand twice. For higher rooms."""
    if prepare not in _preparers:
        _preparers.append(prepare)


def merge(*, by: Actor, kept: Organisation, gone: Organisation) -> Merger:
    """All that pointed to `gone` points to `kept`, which takes what it did not tell itself.

    Raises PermissionDenied; NotAllowed for one and the same, and for two that bear different numbers.
    """
    require_hub_editor(by)
    with transaction.atomic():
        stays, goes = _both_locked(kept.pk, gone.pk)
        _require_one(stays, goes)
        merger = Merger(
            gone_id=goes.pk,
            kept=stays,
            name=goes.name,
            source_id=goes.source_id,
            source_key=goes.source_key,
            gone=_row(goes),
            merged_by=by if isinstance(by, User) else None,
        )
        for prepare in _preparers:
            prepare(stays, goes, by)
        closed = _close_doubles(stays, goes, by)
        _move(merger, stays, goes)
        Organisation.objects.filter(pk=goes.pk).delete()
        merger.given = [name for name in _GIVEN if not getattr(stays, name) and getattr(goes, name)]
        for name in merger.given:
            setattr(stays, name, getattr(goes, name))
        merger.gone["marked"] = _mark(stays, goes, merger.given)
        stays.save()
        merger.save()
        _tell(by, "organisation-merged", merger)
        for claim, before in closed:
            tell(by, f"claim-{claim.status}", claim, before)
    return merger


def unmerge(*, by: Actor, merger: Merger) -> Organisation:
    """As they were, less what changed since. Raises PermissionDenied; NotAllowed when it was done already, and once
    an import knows the one kept by the key or a number of the other.
    """
    require_hub_editor(by)
    with transaction.atomic():
        kept = lock(merger.kept_id)
        held = Merger.objects.filter(pk=merger.pk, kept=kept).first()
        if held is None:
            raise NotAllowed(_("Ces deux organisations sont déjà séparées."))
        _take_back(held, kept)
        back = _restored(held)
        _move_back(held, back)
        held.delete()
        _tell(by, "organisation-unmerged", held)
    return back


def _both_locked(one: int, other: int) -> tuple[Organisation, Organisation]:
    """In one order whatever is asked, so that two mergers never wait for each other."""
    found = {pk: lock(pk) for pk in sorted({one, other})}
    return found[one], found[other]


def _require_one(kept: Organisation, gone: Organisation) -> None:
    if kept.pk == gone.pk:
        raise NotAllowed(_("C’est une seule et même organisation."))
    for name in _NUMBERS:
        ours, theirs = getattr(kept, name), getattr(gone, name)
        if ours and theirs and ours != theirs:
            said = _("Elles portent deux %(number)s différents : ce sont deux organisations.")
            raise NotAllowed(said % {"number": name.upper()})


def _row(thing: models.Model) -> dict[str, Any]:
    """As JSON holds it, to the microsecond."""
    row: dict[str, Any] = json.loads(json.dumps(serializers.serialize("python", [thing])[0], default=str))
    return row


def _links() -> Iterator[models.ForeignKey[Any, Any]]:
    """All that points to an organisation, in every room."""
    for relation in Organisation._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and not relation.field.primary_key:
            yield relation.field


def _mark(kept: Organisation, gone: Organisation, given: list[str]) -> list[str]:
    """What people wrote of the one stays theirs on the other: no import writes over it. The fields newly marked."""
    told = corrected(Organisation, [kept.pk, gone.pk])
    names = [name for name in given if name in told.get(gone.pk, ()) and name not in told.get(kept.pk, ())]
    for name in names:
        remember(kept, name)
    return names


def _close_doubles(kept: Organisation, gone: Organisation, by: Actor) -> list[tuple[Claim, str]]:
    """Somebody asked, or was invited, for both: one goes on waiting, the other is closed and kept. What was closed
    among claims, with its state before: the journal is told last.
    """
    waiting = gone.invitations.waiting()
    waiting.filter(email__in=kept.invitations.waiting().values("email")).update(cancelled_at=timezone.now())
    closed = []
    ours = {claim.user_id: claim for claim in kept.claims.select_for_update().filter(status__in=OPEN)}
    for theirs in gone.claims.select_for_update().filter(status__in=OPEN, user__in=ours):
        same = ours[theirs.user_id]
        over = same if (same.status, theirs.status) == (ClaimStatus.CODE, ClaimStatus.WAITING) else theirs
        closed.append((over, over.status))
        close(over, ClaimStatus.WITHDRAWN, by=by)
    return closed


def _move(merger: Merger, kept: Organisation, gone: Organisation) -> None:
    for link in _links():
        for row in link.model._base_manager.filter(**{link.name: gone}).order_by("pk"):
            if _moved(link, row, kept):
                merger.moved.append([link.model._meta.label_lower, link.name, row.pk])
            elif isinstance(row, Member):
                _keep_higher_role(merger, kept, row)
            elif not _is_about_somebody(link.model):
                merger.dropped.append(_row(row))


def _moved(link: models.ForeignKey[Any, Any], row: models.Model, to: Organisation) -> bool:
    """False when `to` has such a row already."""
    try:
        with transaction.atomic():
            link.model._base_manager.filter(pk=row.pk).update(**{link.name: to})
    except IntegrityError:
        return False
    return True


def _keep_higher_role(merger: Merger, kept: Organisation, row: Member) -> None:
    """A person of both. Told by the number of the row that stays: nothing here names anybody."""
    same = kept.members.get(user=row.user_id)
    merger.both.append([same.pk, row.role, same.role])
    if row.is_administrator and not same.is_administrator:
        same.role = Role.ADMINISTRATOR
        same.save(update_fields=["role"])


def _is_about_somebody(model: type[models.Model]) -> bool:
    """Such rows are not copied: erasing the person would not find them."""
    return any(field.related_model is get_user_model() for field in model._meta.concrete_fields)


def _take_back(merger: Merger, kept: Organisation) -> None:
    """What was given, unless it was told otherwise since."""
    told, marked = merger.gone["fields"], merger.gone.get("marked", [])
    for name in merger.given:
        field = Organisation._meta.get_field(name)
        assert isinstance(field, models.Field)
        if getattr(kept, name) == told[field.name]:
            setattr(kept, name, field.get_default())
            if name in marked:
                forget(kept, name)
    kept.save()


def as_it_was(merger: Merger) -> Organisation:
    """The one that went, not saved."""
    [held] = serializers.deserialize("python", [_row_of(merger)])
    assert isinstance(held.object, Organisation)
    return held.object


def _row_of(merger: Merger) -> dict[str, Any]:
    """Without a seat that is no longer a territory."""
    row: dict[str, Any] = merger.gone
    if Territory.objects.filter(pk=row["fields"]["seat"]).exists():
        return row
    return {**row, "fields": {**row["fields"], "seat": None}}


def _restored(merger: Merger) -> Organisation:
    try:
        with transaction.atomic():
            for each in serializers.deserialize("python", [_row_of(merger)]):
                each.save()
    except IntegrityError as error:
        said = _("Un import connaît celle qui est gardée comme « %(name)s » : elles ne peuvent plus être séparées.")
        raise NotAllowed(said % {"name": merger.name}) from error
    return Organisation.objects.get(pk=merger.gone_id)


def _move_back(merger: Merger, back: Organisation) -> None:
    """What still points to the one that was kept."""
    links = {(link.model._meta.label_lower, link.name): link for link in _links()}
    for label, name, pk in merger.moved:
        if link := links.get((label, name)):
            link.model._base_manager.filter(pk=pk, **{name: merger.kept_id}).update(**{name: back})
    for each in serializers.deserialize("python", merger.dropped, ignorenonexistent=True):
        each.save()
    for pk, role, before in merger.both:
        if same := Member.objects.filter(pk=pk, organisation=merger.kept_id).first():
            back.members.create(user_id=same.user_id, role=role, way=same.way, since=same.since)
            if same.is_administrator and others(same.organisation, same):
                Member.objects.filter(pk=pk).update(role=before)


def _tell(by: Actor, verb: str, merger: Merger) -> None:
    detail = {"gone": merger.gone_id, "moved": len(merger.moved)}
    changed = [("organisation", str(merger.kept_id)), ("organisation", str(merger.gone_id))]
    record(by=by, verb=verb, subject=f"organisation:{merger.kept_id}", detail=detail, changed=changed)
