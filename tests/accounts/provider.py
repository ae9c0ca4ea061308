"""A small OpenID Connect provider, over real HTTP: discovery, keys, PKCE, signed tokens. Told to misbehave, it does."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET = "faire-alliance", "un-secret"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """`person` is who signs in there; `wrong` names what to do wrong."""

    issuer: str = ""
    person: dict[str, Any] = field(default_factory=dict)
    wrong: str = ""
    signed_userinfo: bool = False
    asked: dict[str, dict[str, str]] = field(default_factory=dict)

    def authorize(self, query: dict[str, str]) -> str:
        assert query["client_id"] == CLIENT
        assert query["code_challenge_method"] == "S256"
        code = f"code-{len(self.asked)}"
        self.asked[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        asked = self.asked.pop(form["code"], None)
        if asked is None or form.get("client_secret") != SECRET:
            return None
        verifier = hashlib.sha256(form["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(verifier).decode().rstrip("=") != asked["code_challenge"]:
            return None
        return {"access_token": "acces", "token_type": "Bearer", "expires_in": 60, "id_token": self._id_token(asked)}

    def _id_token(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": self.person["sub"], "iat": now, "exp": now + 60}
        claims |= {"nonce": asked["nonce"], "acr": asked.get("acr_values", "")}
        wrongs: dict[str, dict[str, Any]] = {
            "nonce": {"nonce": "celui-d’un-autre"},
            "audience": {"aud": "un-autre-site"},
            "issuer": {"iss": "https://ailleurs.example"},
            "expired": {"exp": now - 3600},
            "acr": {"acr": "rien"},
            "azp": {"azp": "un-autre-site"},
        }
        claims |= wrongs.get(self.wrong, {})
        if self.wrong == "unsigned":
            return jwt.encode(claims, None, algorithm="none", headers={"kid": "k"})
        return self._signed(claims)

    def _signed(self, claims: dict[str, Any]) -> str:
        key = OTHER_KEY if self.wrong == "signature" else KEY
        return jwt.encode(claims, key, algorithm="RS256", headers={"kid": "k"})

    def userinfo(self) -> tuple[str, bytes]:
        told = self.person | ({"sub": "quelqu’un d’autre"} if self.wrong == "userinfo" else {})
        if not self.signed_userinfo:
            return "application/json", json.dumps(told).encode()
        told |= {"iss": self.issuer, "aud": CLIENT, "exp": int(time.time()) + 60}
        return "application/jwt", self._signed(told).encode()

    def discovery(self) -> dict[str, Any]:
        ends = {name: f"{self.issuer}/{name}" for name in ("authorize", "token", "userinfo", "jwks", "end")}
        return {
            "issuer": self.issuer,
            "authorization_endpoint": ends["authorize"],
            "token_endpoint": ends["token"],
            "userinfo_endpoint": ends["userinfo"],
            "jwks_uri": ends["jwks"],
            "end_session_endpoint": ends["end"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }


@contextmanager
def running() -> Iterator[Provider]:
    """Served on a port of its own until the block ends."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            if path == "/.well-known/openid-configuration":
                self._send("application/json", json.dumps(provider.discovery()).encode())
            elif path == "/jwks":
                key = json.loads(RSAAlgorithm.to_jwk(KEY.public_key())) | {"kid": "k", "alg": "RS256", "use": "sig"}
                self._send("application/json", json.dumps({"keys": [key]}).encode())
            elif path == "/userinfo":
                assert self.headers["Authorization"] == "Bearer acces"
                self._send(*provider.userinfo())
            else:
                self.send_error(404)

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            answer = provider.token({name: values[0] for name, values in parse_qs(sent).items()})
            told = json.dumps(answer or {"error": "invalid_grant"}).encode()
            self._send("application/json", told, 200 if answer else 400)

        def _send(self, kind: str, content: bytes, status: int = 200) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
