"""Who publishes the site, and how to write to them: from the settings, so that it is said once."""

from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class PublisherBlock(blocks.StaticBlock):
    """Publisher, director, host: what the law asks for. What is not given says so."""

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        held = apps.get_model("pages", "HubSettings").load()
        return {**super().get_context(value, parent_context), "held": held}

    class Meta:
        icon = "info-circle"
        label = _("Éditeur du site")
        admin_text = _("Ce que dit Réglages › Éditeur et contact.")
        template = "pages/blocks/publisher.html"
        preview_value = None


class ContactBlock(PublisherBlock):
    """The address of mail."""

    class Meta:
        icon = "mail"
        label = _("Nous écrire")
        admin_text = _("L’adresse de Réglages › Éditeur et contact.")
        template = "pages/blocks/contact.html"
