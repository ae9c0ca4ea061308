"""What pages ask of Wagtail: choosing a territory at the desk; hiding from others what is kept for some."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.models import BaseViewRestriction, Page

from fairealliance.accounts.models import User
from fairealliance.accounts.second_proof import lacks_second_proof
from fairealliance.audience.visits import leave_out
from fairealliance.pages.blocks.choosers import territory_chooser
from fairealliance.pages.models import HubDocument

hooks.register("register_admin_viewset", lambda: territory_chooser)


@hooks.register("before_serve_page", order=-10)
def _page_of_others(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> None:
    """Its address, which holds its title, is not told among the pages that are read."""
    restrictions = list(page.get_view_restrictions())
    if restrictions:
        leave_out(request)
    _nowhere_but_for_theirs(restrictions, request)


@hooks.register("before_serve_document", order=-10)
def _document_of_others(document: HubDocument, request: HttpRequest) -> None:
    _nowhere_but_for_theirs(document.collection.get_view_restrictions(), request)


def _nowhere_but_for_theirs(restrictions: Iterable[Any], request: HttpRequest) -> None:
    """What is kept for some groups is not there for the others, nor for whoever owes a second proof.

    What asks to sign in, or a password, goes on asking it: Wagtail's next hook does.
    """
    kept = [each for each in restrictions if each.restriction_type == BaseViewRestriction.GROUPS]
    if not all(each.accept_request(request) for each in kept) or (kept and _owes_proof(request.user)):
        raise Http404


def _owes_proof(person: User | AnonymousUser) -> bool:
    return isinstance(person, User) and lacks_second_proof(person)
