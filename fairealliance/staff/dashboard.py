"""The desk's first page: what awaits the editor, and the things done most often."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from fairealliance.accounts.mail import kept_in
from fairealliance.accounts.permissions import can_edit_hub
from fairealliance.pages.enums import RubricSlug
from fairealliance.pages.models import RubricPage
from fairealliance.roadmap.views.asking import held_programme
from fairealliance.staff.menu import Awaiting


@dataclass(frozen=True, slots=True)
class Pile:
    """So many of something, and where to deal with them."""

    count: int
    label: str
    href: str
    icon: str


@dataclass(frozen=True, slots=True)
class Shortcut:
    label: str
    href: str
    icon: str


class AwaitingPanel(Component):
    """Counts are asked of each room; a writer, who is not of the secretariat, only sees the shortcuts."""

    order = 50
    template_name = "staff/awaiting.html"

    def __init__(self, awaiting: list[Awaiting]) -> None:
        self._awaiting = awaiting

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        is_editor = can_edit_hub(parent_context["request"].user)
        return {
            "piles": self._piles() if is_editor else [],
            "is_editor": is_editor,
            "shortcuts": shortcuts(is_editor=is_editor),
            "mail_folder": kept_in() if is_editor else "",
        }

    def _piles(self) -> list[Pile]:
        counted = ((each, each.count()) for each in self._awaiting)
        piles = (Pile(count, each.words(count), each.href, each.icon) for each, count in counted if count)
        return sorted(piles, key=lambda pile: -pile.count)


def shortcuts(*, is_editor: bool) -> list[Shortcut]:
    """Writing a news item or an event in the rubric of news; the secretariat's surveys and reports; the guide."""
    found = []
    news = RubricPage.objects.filter(rubric=RubricSlug.NEWS).first()
    if news:
        for model, label, icon in (
            ("articlepage", _("Écrire une actualité"), "edit"),
            ("eventpage", _("Annoncer un rendez-vous"), "calendar-alt"),
        ):
            found.append(Shortcut(label, reverse("wagtailadmin_pages:add", args=["pages", model, news.pk]), icon))
    if is_editor:
        found += _of_the_secretariat()
    return [*found, Shortcut(_("Lire le guide"), reverse("staff-guide"), "help")]


def _of_the_secretariat() -> Iterator[Shortcut]:
    """Reports, where there is something to report on."""
    yield Shortcut(_("Saisir une enquête"), reverse("staff_observatory:new"), "table")
    programme = held_programme("")
    if programme:
        own = [programme.slug]
        yield Shortcut(_("Rédiger le bilan d’une mesure"), reverse("staff_roadmap:programme", args=own), "tasks")
        yield Shortcut(_("Établir le bilan du programme"), reverse("staff_roadmap:progress", args=own), "doc-full")
