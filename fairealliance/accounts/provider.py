"""Signing in with an identity from elsewhere: ProConnect, or any OpenID Connect provider (docs/connexion.md).

allauth's provider, made strict: PKCE and a nonce always, the id_token's signature always checked, userinfo accepted
signed (ProConnect) or plain, both about the same person; a visitor changes nothing of what is asked.
"""

import secrets
from typing import Any

import jwt
from allauth.account.internal.emailkit import valid_email_or_none
from allauth.account.models import EmailAddress
from allauth.account.utils import user_email
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fairealliance.accounts.models import User

SIGNED_WITH = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"})
AT_LEAVING = "oidc"


class OpenIDAdapter(OpenIDConnectOAuth2Adapter):
    """What the provider answers, believed only once checked."""

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> SocialLogin:
        raw = kwargs["response"].get("id_token")
        claims = self._checked(app, raw)
        told = self._userinfo(app, token.token)
        wanted = str(app.settings.get("auth_params", {}).get("acr_values", "")).split()
        if told.get("sub") != claims["sub"] or claims.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("not about the same person, or not for us")
        if wanted and claims.get("acr") not in wanted:
            raise OAuth2Error("a weaker proof than was asked for")
        request.session[AT_LEAVING] = {"provider": app.provider_id, "id_token": raw}
        data = {"userinfo": told, "id_token": claims}
        return self.get_provider().sociallogin_from_response(request, data)

    def _userinfo(self, app: Any, access_token: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.profile_url, headers={"Authorization": f"Bearer {access_token}"})
            answer.raise_for_status()
        if answer.headers.get("Content-Type", "").startswith("application/jwt"):
            return self._checked(app, answer.text)
        told = answer.json()
        if not isinstance(told, dict):
            raise OAuth2Error("userinfo is not an object")
        return told

    def _checked(self, app: Any, token: object) -> dict[str, Any]:
        """What a signed token says. Raises OAuth2Error whatever is wrong with it."""
        try:
            if not isinstance(token, str) or jwt.get_unverified_header(token).get("alg") not in SIGNED_WITH:
                raise OAuth2Error("no token, or not signed as it should be")
            said: dict[str, Any] = jwtkit.verify_and_decode(
                credential=token,
                keys_url=self.openid_config["jwks_uri"],
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("a token that cannot be read") from error
        if not said.get("sub"):
            raise OAuth2Error("a token about nobody")
        return said


class OpenIDProvider(OpenIDConnectProvider):
    """One of those that the settings name."""

    pkce_enabled_default = True
    oauth2_adapter_class = OpenIDAdapter

    def redirect(
        self, request: HttpRequest, process: str, next_url: Any = None, data: Any = None, **kwargs: Any
    ) -> Any:
        nonce = secrets.token_urlsafe(24)
        kwargs["auth_params"] = {**self.get_auth_params(), "nonce": nonce}
        kwargs["scope"] = self.get_scope()
        return leave(request, super().redirect(request, process, next_url, data, nonce=nonce, **kwargs), self.name)

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        told = data["userinfo"]
        names = (told.get("given_name"), told.get("usual_name") or told.get("family_name"))
        return {"email": told.get("email"), "name": told.get("name") or " ".join(str(name) for name in names if name)}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        """An address is confirmed only when the provider says so outright."""
        told = data["userinfo"]
        confirmed = told.get("email_verified") is True
        return [EmailAddress(email=told["email"], verified=confirmed, primary=True)] if told.get("email") else []


class SocialAdapter(DefaultSocialAccountAdapter):
    """The answer is to the question we asked; of what it says, only a name and an address are kept."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        asked = str(sociallogin.state.get("nonce") or "")
        told = str(sociallogin.account.extra_data.get("id_token", {}).get("nonce") or "")
        if not asked or not secrets.compare_digest(asked.encode(), told.encode()):
            raise PermissionDenied
        sociallogin.account.extra_data = {"name": sociallogin.user.name, "email": sociallogin.user.email}

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        user: User = sociallogin.user
        user_email(user, valid_email_or_none(data.get("email")) or "")
        user.name = str(data.get("name") or "")[: User._meta.get_field("name").max_length]
        return user


def leave(request: HttpRequest, answer: HttpResponse, name: str) -> HttpResponse:
    """A page that leads on: our policy lets no form of ours end up on another site."""
    if "Location" not in answer:
        return answer
    return render(request, "socialaccount/leaving.html", {"address": answer["Location"], "provider_name": name})


provider_classes = [OpenIDProvider]
