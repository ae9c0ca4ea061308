"""A proposal as a practice: what its forms say, under the source « Contributions »."""

import hashlib
import json
from typing import Any

from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.contributions.fields import is_rough
from fairealliance.contributions.forms import STEPS, StepForm
from fairealliance.contributions.models import Proposal, typed
from fairealliance.practices import actions as practices
from fairealliance.practices.models import Practice
from fairealliance.practices.rows import PracticeRow
from fairealliance.provenance.actions import save_source
from fairealliance.provenance.models import CONTRIBUTIONS as SOURCE
from fairealliance.provenance.models import Source


class Incomplete(ValueError):
    """Some steps are not right yet: `steps` are their slugs."""

    def __init__(self, steps: list[str]) -> None:
        names = ", ".join(f"« {STEPS[step].name} »" for step in steps)
        super().__init__(_("Il reste à compléter : %(names)s.") % {"names": names})
        self.steps = steps


def forms_of(proposal: Proposal) -> dict[str, StepForm]:
    """Every step's form over what was typed, step by step."""
    return {slug: form(_with_private(proposal, slug)) for slug, form in STEPS.items()}


def _with_private(proposal: Proposal, step: str) -> dict[str, Any]:
    data = typed(proposal, step)
    if step == "contact":
        data |= {"contact_name": proposal.contact_name, "contact_email": proposal.contact_email}
        # Erased once all is over: what was agreed to stays agreed to.
        if proposal.consent_at:
            data["consent"] = "on"
    return data


def wrong_steps(proposal: Proposal) -> list[str]:
    """Slugs of the steps that are not right yet. The address, once erased, is not asked again."""
    undescribed = proposal.attachments.filter(words="").exists()
    wrong = [
        slug for slug, form in forms_of(proposal).items() if not form.is_valid() or (slug == "preuves" and undescribed)
    ]
    return [slug for slug in wrong if not (slug == "contact" and proposal.forgotten_at)]


def publish(*, by: Actor, proposal: Proposal) -> Practice:
    """Makes the practice the proposal tells, or brings it up to date. Raises Incomplete. Runs in a transaction."""
    if wrong := wrong_steps(proposal):
        raise Incomplete(wrong)
    row = _row(proposal)
    saved = practices.save_batch(by=by, source=contributions_source(by), rows=[row])
    return Practice.objects.get(pk=saved.ids[row.key])


def contributions_source(by: Actor) -> Source:
    source, _outcome = save_source(
        by=by,
        slug=SOURCE,
        label=_("Contributions"),
        producer=_("Celles et ceux qui racontent leur exemple sur ce site, relus par l’équipe"),
        licence="Licence Ouverte 2.0",
        licence_url="https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    )
    return source


def _row(proposal: Proposal) -> PracticeRow:
    said: dict[str, Any] = {}
    for form in forms_of(proposal).values():
        form.is_valid()
        said |= form.cleaned_data
    cost = said["cost"]
    fingerprint = hashlib.md5(json.dumps(proposal.content, sort_keys=True).encode(), usedforsecurity=False)
    return PracticeRow(
        key=proposal.folder.hex,
        fingerprint=fingerprint.hexdigest(),
        cost=None if cost is None else str(cost),
        goals=tuple(sorted(said["goals"])),
        themes=tuple(said["themes"]),
        partners=tuple(said["partners"]),
        funding=_funding(proposal, said["funding"]),
        territories=tuple(place.pk for place in said["places"]),
        **{name: said[name] for name in _SAME},
    )


def _funding(proposal: Proposal, told: str) -> str:
    """Who paid what; and that the cost is only roughly known, which its figure alone would hide."""
    cost = str(typed(proposal, "comment").get("cost", "")).strip()
    roughly = _("Le coût total n’est connu qu’à peu près : « %(said)s ».") % {"said": cost}
    return "\n".join(filter(None, [told, roughly if is_rough(cost) else ""]))


_SAME = (
    "title",
    "challenge",
    "summary",
    "form",
    "kind",
    "stage",
    "start_year",
    "end_year",
    "results",
    "evidence",
    "conditions",
    "contact",
    "source_url",
)
