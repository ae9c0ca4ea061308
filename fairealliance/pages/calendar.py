"""An event as iCalendar, for anybody's diary (RFC 5545)."""

from datetime import UTC, datetime, timedelta

from fairealliance.pages.models import EventPage

_WIDTH = 75  # octets of a line
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def written(event: EventPage, address: str, host: str) -> bytes:
    """`address`: of its page, whole."""
    stamp = event.last_published_at or event.starts_at
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Faire Alliance//FR",
        "BEGIN:VEVENT",
        f"UID:event-{event.pk}@{host}",
        f"DTSTAMP:{_moment(stamp)}",
        f"DTSTART:{_moment(event.starts_at)}",
        f"DTEND:{_moment(event.ends_at or event.starts_at + timedelta(hours=1))}",
        f"SUMMARY:{_text(event.title)}",
        f"DESCRIPTION:{_text(_said(event))}",
        f"LOCATION:{_text(event.place or event.room_url)}",
        f"URL:{address}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _said(event: EventPage) -> str:
    """Its lead; when it is held in a place and online too, where to follow it: the place is told on its own line."""
    online = event.room_url if event.place else ""
    return "\n".join(filter(None, (event.lead, online)))


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    return words.translate(_ESCAPED)


def _folded(line: str) -> bytes:
    """Lines longer than 75 octets go on after a line end and a blank; no sign is cut in two."""
    pieces, room = [b""], _WIDTH
    for sign in line:
        octets = sign.encode()
        if len(pieces[-1]) + len(octets) > room:
            pieces.append(b"")
            room = _WIDTH - 1
        pieces[-1] += octets
    return b"\r\n ".join(pieces) + b"\r\n"
