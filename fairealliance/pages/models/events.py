"""Dated meetings: conferences, webinars, workshops."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from fairealliance.pages.models.articles import Written
from fairealliance.pages.models.base import HubPage, absolute


class EventPage(Written):
    """Something that takes place on a day."""

    template = "pages/event_page.html"
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"), null=True, blank=True)
    place = models.CharField(_("lieu"), max_length=300, blank=True, help_text=_("Nom et adresse ; vide si en ligne."))
    online_url = models.URLField(_("adresse en ligne"), max_length=500, blank=True)
    registration_url = models.URLField(_("inscription"), max_length=500, blank=True)
    replay_url = models.URLField(_("à revoir"), max_length=500, blank=True)
    organiser = models.CharField(_("organisateur"), max_length=200, blank=True)

    content_panels = [
        *HubPage.content_panels,
        FieldPanel("lead"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        MultiFieldPanel(
            [
                FieldPanel("place"),
                FieldPanel("online_url"),
                FieldPanel("registration_url"),
                FieldPanel("replay_url"),
                FieldPanel("organiser"),
            ],
            _("Où, et comment y aller"),
        ),
        FieldPanel("image"),
        FieldPanel("body"),
        *Written.about_panels,
    ]

    class Meta:
        verbose_name = _("rendez-vous")
        verbose_name_plural = _("rendez-vous")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")), name="pages_event_ends_after_start"
            )
        ]

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("La fin vient avant le début.")})

    @property
    def label(self) -> str:
        return str(_("rendez-vous"))

    @property
    def day(self) -> datetime.date:
        return timezone.localdate(self.starts_at)

    @property
    def is_over(self) -> bool:
        """Without an end, once its day is: nobody who comes late is turned away."""
        last = self.ends_at or timezone.localtime(self.starts_at).replace(hour=23, minute=59, second=59)
        return last < timezone.now()

    @property
    def room_url(self) -> str:
        """Where to follow it, while there is something to follow: later, the address may be somebody else's."""
        return "" if self.is_over else self.online_url

    @property
    def calendar_url(self) -> str:
        return reverse("pages:event-calendar", args=[self.pk, self.slug])

    def linked_data(self, request: HttpRequest) -> dict[str, object] | None:
        mode = "Online" if self.online_url and not self.place else "Mixed" if self.online_url else "Offline"
        facts: dict[str, Any] = {
            "@type": "Event",
            "@id": absolute(request, self),
            "name": self.title,
            "description": self.teaser,
            "startDate": self.starts_at.isoformat(),
            "endDate": self.ends_at.isoformat() if self.ends_at else "",
            "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
            "location": {"@type": "Place", "name": self.place} if self.place else None,
            "organizer": {"@type": "Organization", "name": self.organiser} if self.organiser else None,
        }
        return {key: value for key, value in facts.items() if value}
