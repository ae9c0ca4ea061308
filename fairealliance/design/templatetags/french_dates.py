"""`{{ value|day }}`: a date in French words."""

from datetime import date, datetime

from django import template
from django.utils import timezone

from fairealliance.lib.dates_fr import in_words

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    """`7 mai 2021`, `1er juillet 2021`; of an instant, the day it was here."""
    if isinstance(value, datetime):
        return in_words(timezone.localdate(value) if timezone.is_aware(value) else value.date())
    return in_words(value)
