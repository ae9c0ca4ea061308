"""`{{ value|day }}`, `{{ value|hour }}`: a date, and an hour, in French words."""

from datetime import date, datetime

from django import template
from django.utils import timezone

from fairealliance.lib.dates_fr import hour_in_words, in_words

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    """`7 mai 2021`, `1er juillet 2021`; of an instant, the day it was here."""
    if isinstance(value, datetime):
        return in_words(timezone.localdate(value) if timezone.is_aware(value) else value.date())
    return in_words(value)


@register.filter
def hour(value: datetime) -> str:
    """`23 h 47`, as it was here; it stays on one line."""
    return hour_in_words((timezone.localtime(value) if timezone.is_aware(value) else value).time())
