"""Links that open an account once."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.urls import reverse
from django.utils.http import urlencode

from fairealliance.accounts.mail import absolute
from fairealliance.accounts.models import User


def choose_password(user: User, *, then: str = "") -> str:
    """Where `user` chooses a password, and then goes on to `then`; valid for three days, and once."""
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    address = absolute(reverse("account_reset_password_from_key", kwargs=key))
    return f"{address}?{urlencode({REDIRECT_FIELD_NAME: then})}" if then else address
