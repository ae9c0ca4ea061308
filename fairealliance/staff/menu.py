"""The lines that rooms add to the desk's menu, and what awaits the editor."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.menu import MenuItem

from fairealliance.accounts.permissions import can_edit_hub


@dataclass(frozen=True, slots=True)
class Line:
    """A screen in the menu: words, name of its address, one of Wagtail's icons, order (100 to 900)."""

    label: Any
    url_name: str
    icon: str
    order: int = 300


@dataclass(frozen=True, slots=True)
class Awaiting:
    """Something that waits for an editor: words (singular and plural), how many, and where to deal with it."""

    label: Any
    count: Callable[[], int]
    url_name: str
    icon: str = "tasks"
    query: str = ""

    @property
    def href(self) -> str:
        return reverse(self.url_name) + self.query

    def words(self, count: int) -> str:
        """What follows the count, which agrees with it."""
        return str(self.label % count)


class HubMenuItem(MenuItem):
    """Shown only to those whom its screen lets in."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and can_edit_hub(request.user)


def item(line: Line) -> HubMenuItem:
    name = line.url_name.replace(":", "-").replace("_", "-")
    return HubMenuItem(line.label, reverse(line.url_name), name=name, icon_name=line.icon, order=line.order)
