"""`make bench`: runs every bench_*.py of this folder, one after the other, each in a process of its own."""

import subprocess
import sys
import time
from pathlib import Path


def main() -> int:
    """Names given on the command line restrict the run: `python -m bench search import`."""
    wanted = sys.argv[1:]
    failed = []
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        name = path.stem.removeprefix("bench_")
        if wanted and name not in wanted:
            continue
        print(f"\n== {name}", flush=True)
        started = time.monotonic()
        if subprocess.run([sys.executable, "-m", f"bench.{path.stem}"], check=False).returncode:
            failed.append(name)
        print(f"   ({time.monotonic() - started:.0f} s)", flush=True)
    if failed:
        print(f"\nDid not run to the end: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
