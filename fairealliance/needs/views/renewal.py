"""Renewing by the link of a mail. One button: robots that open links of mails must renew nothing."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from fairealliance.needs import actions, links
from fairealliance.needs.enums import Status
from fairealliance.needs.life import Verb, can


@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, token: str) -> HttpResponse:
    """Once: followed again, it tells until when it holds."""
    found = links.read(token)
    if found is None:
        raise Http404
    need, done = found.need, found.is_done
    if request.method == "POST" and not done and can(Verb.RENEW, need.status):
        need, done = actions.renew(by=found.user, need=need), True
    context = {
        "need": need,
        "is_done": done,
        "reopens": need.status in (Status.MET, Status.CLOSED),
        "drops_end": bool(need.ends_on and need.ends_on == need.expires_on),
    }
    answer = render(request, "needs/renewal.html", context)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
