"""Who publishes the site; what `prepare` made once."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="info-circle")
class HubSettings(BaseGenericSetting):
    """What the legal notice, the contact page and the foot of mails say. What is empty is told as not given."""

    publisher = models.CharField(_("éditeur du site"), max_length=200, blank=True)
    publisher_address = models.TextField(_("adresse de l’éditeur"), blank=True)
    director = models.CharField(_("directeur ou directrice de la publication"), max_length=200, blank=True)
    host = models.TextField(_("hébergeur : nom, adresse, téléphone"), blank=True)
    contact_email = models.EmailField(_("courriel de contact"), blank=True)

    panels = [FieldPanel(name) for name in ("publisher", "publisher_address", "director", "host", "contact_email")]

    class Meta:
        verbose_name = _("éditeur et contact")


def imprint() -> str:
    """Who publishes the site and where, as the foot of mails says it: empty while nobody said. One query."""
    held = HubSettings.objects.first()
    if held is None or not held.publisher:
        return ""
    return "\n".join([held.publisher, ", ".join(line.strip() for line in held.publisher_address.splitlines())]).strip()


class StarterDone(models.Model):
    """A piece of starter content that was made: changed or removed by an editor, it never comes back."""

    key = models.CharField(max_length=100, unique=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key
