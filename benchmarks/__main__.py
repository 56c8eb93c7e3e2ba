"""`python -m benchmarks [NAME …]`: run the quick benchmarks, or those named."""

from __future__ import annotations

import subprocess
import sys

QUICK = ("build", "assessing", "rerun")
"""The others take minutes: simulation, ingest, paint, exporting, load, scale, soak."""


def main() -> int:
    """Run each benchmark in a process of its own, so that none warms another."""
    for name in sys.argv[1:] or QUICK:
        print(f"\n== {name}", flush=True)
        if status := subprocess.run([sys.executable, "-m", f"benchmarks.{name}"]).returncode:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main())
