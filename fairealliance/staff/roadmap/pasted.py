"""An address copied from a page of this site, as the thing it shows."""

from urllib.parse import unquote, urlsplit

from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from fairealliance.observatory.models import Study
from fairealliance.organisations.models import Organisation
from fairealliance.practices.models import Practice
from fairealliance.resources.models import Resource
from fairealliance.roadmap.actions.refusals import Refused
from fairealliance.roadmap.exchange import references
from fairealliance.territories.models import Territory


def organisation(text: str) -> Organisation:
    """From the address of its page, else a reference as in a file (`siren:…`). Raises Refused."""
    name, told = _page(text)
    if name == "organisations:detail":
        found = Organisation.objects.filter(pk=told[0]).first()
        if found:
            return found
    return references.organisation(text.strip())


def link(text: str) -> tuple[str, int | str]:
    """(practice, resource, territory or study; its id or slug). Raises Refused."""
    name, told = _page(text)
    found: int | str | None = None
    if name == "practices:detail":
        kind, found = "practice", _pk(Practice, pk=told[0])
    elif name == "resources:detail":
        kind, found = "resource", _pk(Resource, pk=told[0])
    elif name == "territories:detail":
        kind, found = "territory", _pk(Territory, level=told[0], code=told[1])
    elif name == "observatory:study":
        kind, found = "study", Study.objects.filter(slug=told[0]).values_list("slug", flat=True).first()
    else:
        return references.link(text.strip())
    if found is None:
        raise Refused(_("Cette page n’est pas de ce site, ou n’y est plus."))
    return kind, found


def _pk(model: type[Practice | Resource | Territory], **key: object) -> int | None:
    found: int | None = model._default_manager.filter(**key).values_list("pk", flat=True).first()
    return found


def _page(text: str) -> tuple[str, list[str]]:
    """The name of the page at that address, and what its address tells; nothing for what is no page of ours."""
    try:
        match = resolve(unquote(urlsplit(text.strip()).path))
    except (Resolver404, ValueError):
        return "", []
    return match.view_name, [str(each) for each in (*match.args, *match.kwargs.values())]
