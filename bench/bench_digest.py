"""The digest of 100,000 members: from what waits to letters, and from letters to a server of mail.

Figure to reach: at least 200 members a second, time that grows with the number of members and no faster, cut anywhere
and taken up again. Beside it, the same done as one would first write it: member by member, a transaction each.
`BENCH_MEMBERS`, `BENCH_LETTERS` change the sizes.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta

from bench import scene  # noqa: F401 -- readies Django, which the models below need

# isort: split
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from fairealliance.accounts.models import User
from fairealliance.mailing import gathering, kinds, sending
from fairealliance.mailing.enums import LetterState, NoticeState, Rhythm
from fairealliance.mailing.models import Letter, Notice

MEMBERS = int(os.environ.get("BENCH_MEMBERS", "100000"))
LETTERS = int(os.environ.get("BENCH_LETTERS", "2000"))
NOTICES = 3
GOAL = 200


def main() -> int:
    """Prints the figures; 1 when one is missed."""
    call_command("migrate", verbosity=0, interactive=False)
    kinds.register(kinds.Kind("essais", "Essais", "", Rhythm.WEEKLY))
    small = max(1, MEMBERS // 10)
    _fill(0, small)
    tenth = _timed(lambda: gathering.gather(timezone.now()))
    _fill(small, MEMBERS - small)
    rest = _timed(lambda: gathering.gather(timezone.now()))
    made = Letter.objects.count()
    assert made == MEMBERS, made
    naive = _naive(min(1_000, small))
    sent, seconds = _sent()
    per_second, first, second = sent / seconds, small / tenth, (MEMBERS - small) / rest
    print(f"{MEMBERS:,} members, {NOTICES} notices each")
    print(f"{'gathered, the first tenth':40}{first:>10,.0f} members/s")
    print(f"{'gathered, the rest':40}{second:>10,.0f} members/s ({second / first:.2f} of the first: linear is 1)")
    print(f"{'member by member, a transaction each':40}{naive:>10,.0f} members/s ({second / naive:.1f} × slower)")
    print(f"{'sent to a server on this machine':40}{per_second:>10,.0f} letters/s, {sent:,} letters")
    whole = 1 / (1 / second + 1 / per_second)
    print(f"{'gathered and sent':40}{whole:>10,.0f} members/s (at least {GOAL} wanted)")
    return 0 if whole >= GOAL else 1


def _fill(start: int, count: int) -> None:
    """Members with confirmed addresses, and what they are to be told."""
    users = User.objects.bulk_create(
        [User(email=f"membre{number}@exemple.fr") for number in range(start, start + count)], batch_size=2_000
    )
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=each, email=each.email, verified=True, primary=True) for each in users], batch_size=2_000
    )
    _waiting(users, f"{start}")


def _waiting(users: list[User], name: str) -> None:
    due = timezone.now() - timedelta(minutes=1)
    Notice.objects.bulk_create(
        [
            Notice(
                user=each,
                kind="essais",
                event=f"essai:{name}:{number}",
                subject=f"Un besoin près de chez vous ({number})",
                text="Une association de votre territoire cherche un local deux soirs par semaine.",
                path="/besoins/",
                due_at=due,
            )
            for each in users
            for number in range(NOTICES)
        ],
        batch_size=2_000,
    )


def _timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _naive(count: int) -> float:
    users = list(User.objects.order_by("pk")[:count])
    _waiting(users, "un-par-un")

    def one_by_one() -> None:
        for user in users:
            letter = Letter.objects.create(user=user, next_try_at=timezone.now() + timedelta(days=1))
            for notice in Notice.objects.filter(user=user, state=NoticeState.WAITING):
                notice.letter, notice.state = letter, NoticeState.IN_LETTER
                notice.save()

    return count / _timed(one_by_one)


def _sent() -> tuple[int, float]:
    """(letters sent, seconds): only LETTERS of them, the others wait."""
    kept = Letter.objects.order_by("pk").values_list("pk", flat=True)[:LETTERS]
    Letter.objects.exclude(pk__in=list(kept)).update(next_try_at=timezone.now() + timedelta(days=1))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", _free_port(), False
    command = [sys.executable, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{settings.EMAIL_PORT}"]
    server = subprocess.Popen([*command, "-c", "aiosmtpd.handlers.Sink"])
    try:
        _wait_for(settings.EMAIL_PORT)
        reverse("mailing:preferences")  # addresses are read once in the life of a worker, not once in 2,000 letters
        seconds = _timed(sending.send_queued)
    finally:
        server.terminate()
        server.wait(timeout=10)
    return Letter.objects.filter(state=LetterState.SENT).count(), seconds


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(port: int) -> None:
    for _try in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server of mail did not start")


if __name__ == "__main__":
    sys.exit(main())
