"""One step as a page: its form, where it stands among the others, and what another page wrote meanwhile."""

import contextlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from fairealliance.contributions import files
from fairealliance.contributions.actions.proposing import Conflict
from fairealliance.contributions.forms import MOST_PARTNERS, MOST_PLACES, STEPS, StepForm, WhereForm, organisation_of
from fairealliance.contributions.models import Proposal
from fairealliance.contributions.publishing import forms_of, wrong_steps
from fairealliance.contributions.uploads import Sent
from fairealliance.lib.dates_fr import hour_in_words
from fairealliance.lib.sent_files import AttachmentKind
from fairealliance.provenance.pages import Trail, trail_to
from fairealliance.territories.autocomplete import Suggestion
from fairealliance.territories.models import Territory

_PLACES_SHOWN, _PARTNERS_SHOWN = 1, 3


def trail(*names: str) -> Trail:
    return trail_to((_("Proposer un exemple"), reverse("contributions:index")), *[(name, "") for name in names])


@dataclass(frozen=True)
class Row:
    """A partner's three fields, and the name to show when it is one we know."""

    number: int
    name: str
    ref: str
    error: str
    sphere: Any
    role: Any

    @property
    def number_text(self) -> str:
        return str(self.number)


@dataclass(frozen=True)
class Place:
    """A place's field, and the name to show when it was chosen in the list."""

    number: int
    name: str
    ref: str
    error: str
    homonyms: list[Suggestion]

    @property
    def number_text(self) -> str:
        return str(self.number)


@dataclass
class StepPage:
    request: HttpRequest
    proposal: Proposal
    token: str
    slug: str
    files: Sent = field(default_factory=Sent)
    shows_errors: bool = False

    @property
    def address(self) -> str:
        return reverse("contributions:step", args=[self.token, self.slug])

    @cached_property
    def form(self) -> StepForm:
        return forms_of(self.proposal)[self.slug]

    def render(self, *, show_errors: bool, status: int = 200) -> HttpResponse:
        self.shows_errors = show_errors
        if show_errors:
            self.form.is_valid()
        else:
            self._without_errors()
        return self._page(self.form, self._version, status=status)

    def _without_errors(self) -> None:
        """What is not filled yet is no mistake."""
        self.form._errors = ErrorDict()  # type: ignore[attr-defined]

    def render_conflict(self, conflict: Conflict) -> HttpResponse:
        """What was typed here, and beside it what another page wrote: sent again, what is typed here holds."""
        mine = STEPS[self.slug].raw(self.request.POST)
        form = STEPS[self.slug]({**conflict.theirs, **mine})
        form.is_valid()
        theirs = STEPS[self.slug](conflict.theirs)
        differing = [
            (theirs.fields[name].label, conflict.theirs.get(name, ""))
            for name in mine
            if mine[name] != conflict.theirs.get(name) and name in theirs.fields
        ]
        return self._page(form, conflict.version, status=409, differing=differing)

    def render_saved(self, *, conflict: bool = False) -> HttpResponse:
        now = timezone.localtime()
        context = {"conflict": conflict, "version": self._version, "at": hour_in_words(now.time())}
        return render(self.request, "contributions/parts/saved.html", context)

    @property
    def _version(self) -> int:
        return int(self.proposal.saved.get(self.slug, [0])[0])

    def _page(
        self, form: StepForm, version: int, *, status: int, differing: list[tuple[Any, Any]] | None = None
    ) -> HttpResponse:
        context = {
            "proposal": self.proposal,
            "token": self.token,
            "slug": self.slug,
            "form": form,
            "version": version,
            "editing": self.request.POST.get("editing", "")[:40] or get_random_string(16),
            "steps": self._steps(),
            "number": list(STEPS).index(self.slug) + 1,
            "differing": differing or [],
            "files": self.files,
            "trail": trail(str(form.name)),
            **self._extras(form),
        }
        return render(self.request, "contributions/step.html", context, status=status)

    def _steps(self) -> list[tuple[str, Any, bool, bool, bool]]:
        """Slug, name, whether it is this one, whether something was said there, whether it is right."""
        said = self.proposal.content
        wrong = wrong_steps(self.proposal) if said else []
        return [
            (slug, each.name, slug == self.slug, slug in said, slug in said and slug not in wrong)
            for slug, each in STEPS.items()
        ]

    def _extras(self, form: StepForm) -> dict[str, Any]:
        if self.slug == "ou":
            return {"show_undescribed": False, "places": self._places(form), "partners": self._partners(form)}
        if self.slug == "preuves":
            attachments = list(self.proposal.attachments.all())
            photos = [each for each in attachments if each.kind == AttachmentKind.PHOTO]
            documents = [each for each in attachments if each.kind == AttachmentKind.DOCUMENT]
            return {
                "show_undescribed": self.shows_errors and any(not each.words for each in attachments),
                "photos": photos,
                "documents": documents,
                "more_photos": len(photos) < files.MOST_PHOTOS,
                "more_documents": len(documents) < files.MOST_DOCUMENTS,
            }
        return {"show_undescribed": False}

    @property
    def lacks_words(self) -> bool:
        """Whether a file that was kept still waits for what it shows to be said."""
        return self.slug == "preuves" and self.proposal.attachments.filter(words="").exists()

    def _places(self, form: StepForm) -> list[Place]:
        shown = self._shown(form, "place_{}", MOST_PLACES, _PLACES_SHOWN, "lieux")
        return [_place(form, number) for number in range(shown)]

    def _partners(self, form: StepForm) -> list[Row]:
        shown = self._shown(form, "partner_{}_name", MOST_PARTNERS, _PARTNERS_SHOWN, "partenaires")
        return [_row(form, number) for number in range(shown)]

    def _shown(self, form: StepForm, pattern: str, most: int, usual: int, what: str) -> int:
        filled = [n for n in range(most) if form[pattern.format(n)].value()]
        wanted = (max(filled) + 1 if filled else 0) + (1 if self.request.GET.get("plus") == what else 0)
        return min(max(wanted, usual), most)


def _place(form: StepForm, number: int) -> Place:
    """With those among which to choose, when several bear the name that was typed."""
    bound = form[f"place_{number}"]
    said = str(bound.value() or "")
    name, ref = said, ""
    if ":" in said:
        with contextlib.suppress(ValueError, Territory.DoesNotExist):
            name, ref = Territory.objects.resolve(said).name, said
    homonyms = form.homonyms.get(bound.name, []) if isinstance(form, WhereForm) and bound.errors else []
    error = _("Plusieurs lieux portent ce nom : choisissez le bon.") if homonyms else " ".join(map(str, bound.errors))
    return Place(number, name, ref, error, homonyms)


def _row(form: StepForm, number: int) -> Row:
    bound = form[f"partner_{number}_name"]
    said = str(bound.value() or "")
    known = organisation_of(said)
    name, ref = (known.name, said) if known else (said, "")
    sphere, role = form[f"partner_{number}_sphere"], form[f"partner_{number}_role"]
    if known and known.sphere and not sphere.value():
        form.data = {**form.data, sphere.html_name: known.sphere}
    return Row(number, name, ref, " ".join(map(str, bound.errors)), sphere, role)
