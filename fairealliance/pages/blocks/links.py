"""Where to go from here: a call to action, the ways of a door. Addresses are of the site, or of the web."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks, whitelist
from wagtail.admin.forms.choosers import ExternalLinkChooserForm

ICONS = [
    ("search", _("loupe")),
    ("data", _("données")),
    ("example", _("exemple")),
    ("tool", _("outil")),
    ("method", _("méthode")),
    ("resource", _("livre")),
    ("people", _("personnes")),
    ("skill", _("compétence")),
    ("territory", _("territoire")),
    ("map", _("carte")),
    ("calendar", _("calendrier")),
    ("sheet", _("fiche")),
    ("check", _("coche")),
    ("article", _("article")),
    ("plus", _("plus")),
]


def check_address(value: str) -> None:
    """`/outils/` or `https://…`: anything else (a script, a bare word) leads nowhere, or worse."""
    if value.startswith("/") and not value.startswith("//"):
        return
    URLValidator(schemes=["http", "https"], message=_now("Écrivez /une/adresse/ du site, ou https://…"))(value)


def hold_in_rich_text() -> None:
    """The links of paragraphs keep to the same rule: what is typed in Wagtail's own window, and what is pasted."""
    url = ExternalLinkChooserForm.base_fields["url"]
    url.validators = [check_address]
    url.help_text = _("/outils/ ou https://…")
    if "ftp" in whitelist.ALLOWED_URL_SCHEMES:
        whitelist.ALLOWED_URL_SCHEMES.remove("ftp")


class LinkBlock(blocks.StructBlock):
    """A link to a page of ours, chosen; else an address, typed."""

    label = blocks.CharBlock(label=_("Mots du lien"), max_length=80)
    page = blocks.PageChooserBlock(label=_("Page du site"), required=False)
    address = blocks.CharBlock(
        label=_("Ou une adresse"),
        max_length=500,
        required=False,
        validators=[check_address],
        help_text=_("/outils/ ou https://…"),
    )

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        if not found.get("page") and not found.get("address"):
            missing = ValidationError(_now("Choisissez une page, ou écrivez une adresse."))
            raise blocks.StructBlockValidationError({"address": missing})
        return found


def href_of(value: Any) -> str:
    """Where a LinkBlock leads; empty when its page is gone or not published."""
    page = value.get("page")
    if page is not None:
        return (page.url or "") if page.live else ""
    return str(value.get("address") or "")


class CallToActionBlock(LinkBlock):
    """One thing to do, said clearly."""

    title = blocks.CharBlock(label=_("Titre"), max_length=120)
    text = blocks.TextBlock(label=_("Une phrase"), max_length=300, required=False)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return {**super().get_context(value, parent_context), "href": href_of(value)}

    class Meta:
        icon = "arrow-right"
        label = _("Appel à agir")
        group = _("Conduire")
        template = "pages/blocks/call_to_action.html"
        description = _("Un encadré avec un bouton.")
        form_layout = ["title", "text", "label", "page", "address"]
        preview_value = {"title": "Et chez vous ?", "text": "", "label": "Trouver comment agir", "address": "/agir/"}


class WayBlock(LinkBlock):
    """One of the ways a door opens on."""

    icon = blocks.ChoiceBlock(label=_("Dessin"), choices=ICONS, default="search")
    text = blocks.TextBlock(label=_("Une phrase"), max_length=200)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return {**super().get_context(value, parent_context), "href": href_of(value)}

    class Meta:
        icon = "link"
        label = _("Chemin")
        template = "pages/blocks/way.html"
        form_layout = ["label", "text", "icon", "page", "address"]
        preview_value = {"label": "Outils", "text": "Méthodes et outils.", "icon": "tool", "address": "/outils/"}
