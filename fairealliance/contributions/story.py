"""A proposal told in a page: what is said, question by question, for the proposer and for the desk."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fairealliance.contributions.forms import StepForm, WhereForm
from fairealliance.contributions.models import Attachment, Proposal
from fairealliance.contributions.publishing import forms_of
from fairealliance.lib.sent_files import AttachmentKind
from fairealliance.organisations.enums import Sphere
from fairealliance.practices.enums import PartnerRole
from fairealliance.practices.rows import PartnerRow
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Membership, Territory


@dataclass(frozen=True, slots=True)
class Chapter:
    """One step: its answers, and whether it is right."""

    slug: str
    name: str
    answers: list[tuple[str, str]]
    is_right: bool
    problems: list[str]


_NOT_TOLD = ("consent",)


def story_of(proposal: Proposal, attachments: Sequence[Attachment]) -> list[Chapter]:
    """Step by step, with what is joined to it. Blank answers are left out."""
    chapters = [_chapter(slug, form) for slug, form in forms_of(proposal).items()]
    return [_with_files(each, attachments) if each.slug == "preuves" else each for each in chapters]


def _with_files(chapter: Chapter, attachments: Sequence[Attachment]) -> Chapter:
    kinds = ((_("Photos"), AttachmentKind.PHOTO), (_("Documents"), AttachmentKind.DOCUMENT))
    told = [
        (label, "\n".join(each.words or each.file_name for each in attachments if each.kind == kind))
        for label, kind in kinds
    ]
    missing = [
        _("« %(name)s » : dites ce que c’est, en une phrase.") % {"name": each.file_name}
        for each in attachments
        if not each.words
    ]
    return replace(
        chapter,
        answers=[*chapter.answers, *((label, words) for label, words in told if words)],
        is_right=chapter.is_right and not missing,
        problems=[*chapter.problems, *missing],
    )


def _chapter(slug: str, form: StepForm) -> Chapter:
    right = form.is_valid()
    answers = _where(form) if isinstance(form, WhereForm) else _plain(form)
    problems = [f"{form.fields[name].label} : {error}" for name, errors in form.errors.items() for error in errors]
    return Chapter(slug, str(form.name), answers, right, problems)


def _plain(form: StepForm) -> list[tuple[str, str]]:
    shown = ((str(form.fields[name].label), _said(form[name])) for name in form.fields if name not in _NOT_TOLD)
    return [(label, words) for label, words in shown if words]


def _said(bound: forms.BoundField) -> str:
    value = bound.value()
    if isinstance(bound.field, forms.ChoiceField):
        pairs: list[Any] = list(bound.field.choices)  # type: ignore[arg-type]
        names = {str(key): str(label) for key, label in pairs if key != ""}
        chosen = value if isinstance(value, list) else [value]
        return capfirst(", ".join(names[str(each)] for each in chosen if str(each) in names))
    return str(value or "")


def _where(form: WhereForm) -> list[tuple[str, str]]:
    places = _place_words(form.cleaned_data.get("places", []))
    typed = [str(form[f"place_{n}"].value() or "") for n in range(5)]
    partners = [partner_words(row) for row in form.cleaned_data.get("partners", [])]
    found = [(_("Où"), "\n".join(places or filter(None, typed))), (_("Avec qui"), "\n".join(partners))]
    return [(label, words) for label, words in found if words]


def _place_words(places: Sequence[Territory]) -> list[str]:
    """`Saint-Martin (Gers)`: many communes bear one name, and whoever reads must see which was chosen. One query."""
    rows = Membership.objects.filter(child__in=places, parent__level=Level.DEPARTEMENT).order_by("parent__code")
    above: dict[int, list[str]] = defaultdict(list)
    for child, name in rows.values_list("child_id", "parent__name"):
        above[child].append(name)
    within = [", ".join(name for name in above[place.pk] if name != place.name) for place in places]
    return [f"{place.name} ({names})" if names else place.name for place, names in zip(places, within, strict=True)]


def partner_words(row: PartnerRow) -> str:
    """`L’Atelier (association, porteur)`."""
    labels: Iterable[str] = (
        str(Sphere(row.sphere).label) if row.sphere else "",
        str(PartnerRole(row.role).label) if row.role else "",
    )
    said = ", ".join(filter(None, labels))
    return f"{row.name} ({said})" if said else row.name
