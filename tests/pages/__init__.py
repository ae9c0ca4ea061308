"""What tests of pages share: reading the answer, counting its queries."""

import html
import re
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Read:
    """A page as its reader has it: status, raw HTML, and words without tags, blanks squeezed."""

    status: int
    raw: str
    words: str
    queries: int


def read(client: Client, address: str) -> Read:
    """GET `address`, counting queries."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    raw = response.content.decode()
    words = " ".join(html.unescape(_TAG.sub(" ", raw)).split())
    return Read(response.status_code, raw, words, len(captured))
