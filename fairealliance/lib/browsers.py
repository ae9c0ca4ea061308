"""The browser and the system that a User-Agent header tells, in words."""

# The first that is found: most browsers also name those they resemble.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def told(header: str) -> str:
    """« Firefox, Windows »; « Navigateur inconnu » when it says nothing that we know."""
    found = [next((name for mark, name in marks if mark in header), "") for marks in (_BROWSERS, _SYSTEMS)]
    return ", ".join(filter(None, found)) or "Navigateur inconnu"
