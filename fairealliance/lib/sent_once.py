"""What a page sends twice is one thing: the way back of a browser, a second press. Other words from it are another."""

import hashlib
import json


def sent_once(page_key: str, *said: object) -> str:
    """By what it is known: 64 signs, the same for the same words from the same page. `said`: what JSON can hold."""
    return hashlib.sha256(json.dumps([page_key, *said]).encode()).hexdigest()
