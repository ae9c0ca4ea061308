"""Who enters the desk. The secretariat does; others are led to the sign-in page, or refused."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from fairealliance.accounts.models import User
from fairealliance.accounts.permissions import can_edit_hub

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def editor_required(view: View[P]) -> View[P]:
    """Only whoever may edit the hub reaches `view`; the others sign in, or read why not (403)."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        if not can_edit_hub(request.user):
            raise PermissionDenied(_("Cette page est réservée au secrétariat."))
        return view(request, *args, **kwargs)

    return guarded


def actor(request: HttpRequest) -> User:
    """Whom `editor_required` let in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


class SecretariatBackend:
    """Lets the secretariat into Wagtail's desk. What each may do with pages is said by the groups."""

    _GRANTED = frozenset({"wagtailadmin.access_admin"})

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        """Signs nobody in: the password does, elsewhere."""

    def has_perm(self, user: Any, perm: str, obj: object | None = None) -> bool:
        return perm in self._GRANTED and isinstance(user, User) and can_edit_hub(user)

    def get_all_permissions(self, user: Any, obj: object | None = None) -> set[str]:
        return set(self._GRANTED) if isinstance(user, User) and can_edit_hub(user) else set()
