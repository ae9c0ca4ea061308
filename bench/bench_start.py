"""`make run` from a clean clone: until the first page, then again. Figures: ≤ 3 min, then ≤ 6 s.

Beside it, in the same run, the least a Django server can do: `manage.py check`, which starts Django and no more.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIRST_LIMIT, AGAIN_LIMIT = 180.0, 6.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until_served(clone: Path) -> float:
    """Seconds from `make run` to a home page that answers 200; the server is then stopped."""
    port = free_port()
    environment = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "FAIREALLIANCE_HOME"}
    }
    started = time.perf_counter()
    process = subprocess.Popen(
        ["make", "run"],
        cwd=clone,
        env=environment | {"PORT": str(port), "PYTHON": sys.executable},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while time.perf_counter() - started < 600:
            if process.poll() is not None:
                raise RuntimeError(f"make run ended with {process.returncode}")
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30):
                    return time.perf_counter() - started
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise RuntimeError("not served within ten minutes")
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def main() -> None:
    """Clone what is committed, so that nothing of the working copy helps."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        first = until_served(clone)
        again = sorted(until_served(clone) for _ in range(3))[1]
        started = time.perf_counter()
        subprocess.run(
            [str(clone / ".venv/bin/python"), "manage.py", "check"], cwd=clone, check=True, capture_output=True
        )
        bare = time.perf_counter() - started
    print(f"make run, first time: {first:.1f} s (at most {FIRST_LIMIT:.0f}; depends on the package registry)")
    print(f"make run, again: {again:.1f} s to a served page (at most {AGAIN_LIMIT:.0f}; median of 3)")
    print(f"alternative, Django starting alone: {bare:.1f} s; ratio {again / bare:.1f}")


if __name__ == "__main__":
    main()
