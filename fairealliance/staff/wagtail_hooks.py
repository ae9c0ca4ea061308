"""What the desk adds to Wagtail's. Rooms append to LINES and AWAITING."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy as _n
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from fairealliance.staff import editing  # noqa: F401 -- its hooks register themselves
from fairealliance.staff.contributions.piles import (
    corrections_set_aside,
    corrections_waiting,
    proposals_set_aside,
    proposals_waiting,
)
from fairealliance.staff.dashboard import AwaitingPanel
from fairealliance.staff.mails.views import not_sent as mails_not_sent
from fairealliance.staff.menu import Awaiting, HubMenuItem, Line, item
from fairealliance.staff.network.catalysts import waiting as profiles_waiting
from fairealliance.staff.network.support import waiting as support_waiting
from fairealliance.staff.organisations.claims import waiting as claims_waiting
from fairealliance.staff.resources.links import dead_links
from fairealliance.staff.roadmap.views import submitted as reports_submitted

LINES: list[Line] = [
    Line(_("Ressources"), "staff_resources:index", "clipboard-list", 350),
    Line(_("Audience"), "staff_audience:dashboard", "view", 360),
    Line(_("Exemples proposés"), "staff_contributions:queue", "mail", 320),
    Line(_("Corrections"), "staff_contributions:corrections", "edit", 330),
    Line(_("Rattachements"), "staff_organisations:claims", "key", 335),
    Line(_("Doublons"), "staff_organisations:doubles", "copy", 336),
    Line(_("Fiches confiées"), "staff_organisations:entrusted", "group", 337),
    Line(_("Catalyseurs"), "staff_network:catalysts", "crosshairs", 338),
    Line(_("Réponses brutes"), "staff_microdata:upload", "list-ul", 311),
    Line(_("Imports"), "staff_imports:index", "upload", 340),
    Line(_("Observatoire"), "staff_observatory:studies", "table", 310),
    Line(_("Feuille de route"), "staff_roadmap:home", "tasks", 312),
    Line(_("Courriels"), "staff_mails:index", "comment", 365),
    Line(_("Exposition"), "staff_matching:exposure", "glasses", 366),
    Line(_("Équipe"), "staff_team:index", "user", 370),
    Line(_("Journal"), "staff_journal:index", "history", 375),
]
AWAITING: list[Awaiting] = [
    Awaiting(_n("lien mort", "liens morts"), dead_links, "staff_resources:links", "link"),
    Awaiting(
        _n("exemple proposé à relire", "exemples proposés à relire"),
        proposals_waiting,
        "staff_contributions:queue",
        "mail",
    ),
    Awaiting(
        _n("correction à examiner", "corrections à examiner"),
        corrections_waiting,
        "staff_contributions:corrections",
        "edit",
    ),
    Awaiting(
        _n("exemple mis à part, peut-être du spam", "exemples mis à part, peut-être du spam"),
        proposals_set_aside,
        "staff_contributions:queue",
        "warning",
        "?pile=suspect",
    ),
    Awaiting(
        _n("correction mise à part, peut-être du spam", "corrections mises à part, peut-être du spam"),
        corrections_set_aside,
        "staff_contributions:corrections",
        "warning",
        "?pile=suspect",
    ),
    Awaiting(
        _n("demande de rattachement à examiner", "demandes de rattachement à examiner"),
        claims_waiting,
        "staff_organisations:claims",
        "key",
    ),
    Awaiting(
        _n("profil de catalyseur à examiner", "profils de catalyseurs à examiner"),
        profiles_waiting,
        "staff_network:catalysts",
        "group",
    ),
    Awaiting(
        _n("demande d’appui à reprendre", "demandes d’appui à reprendre"),
        support_waiting,
        "staff_network:requests",
        "help",
    ),
    Awaiting(
        _n("courriel qui n’est pas parti", "courriels qui ne sont pas partis"),
        mails_not_sent,
        "staff_mails:index",
        "warning",
    ),
    Awaiting(
        _n("bilan de mesure à publier", "bilans de mesures à publier"), reports_submitted, "staff_roadmap:home", "tasks"
    ),
]


def _register(line: Line) -> None:
    make: Callable[[], HubMenuItem] = lambda: item(line)  # noqa: E731 -- Wagtail wants a function per line
    hooks.register("register_admin_menu_item", make)


for _line in LINES:
    _register(_line)


@hooks.register("construct_homepage_panels")
def _awaiting(request: HttpRequest, panels: list[Any]) -> None:
    panels.insert(0, AwaitingPanel(AWAITING))


@hooks.register("insert_global_admin_css")
def _css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("staff/desk.css"))


@hooks.register("register_help_menu_item")
def _guide() -> MenuItem:
    return MenuItem(_("Guide"), reverse("staff-guide"), name="guide", icon_name="help", order=10)
