"""What the log keeps of requests."""

import logging


class Refusals(logging.Filter):
    """What Django refuses for its form (wrong host, too large…) is a line, not a trace: nothing of ours failed."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security."):
            record.exc_info = record.exc_text = None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True
