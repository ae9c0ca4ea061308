"""What Wagtail's migrations put in the database, for those tests that end by emptying every table."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Collection, Locale, Page


def make_roots() -> None:
    """A language, the root of the pages and that of the collections."""
    Locale.objects.get_or_create(language_code="fr")
    Collection.add_root(name="Root")
    Page.add_root(title="Root", slug="root", content_type=ContentType.objects.get_for_model(Page))
