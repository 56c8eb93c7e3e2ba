from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.soak import build_command, kill_builds, kill_fetches, read_published
from tests.etl.test_pipeline import query

ROOT = Path(__file__).parents[2]


def test_a_build_killed_at_any_moment_leaves_a_whole_file_and_readers_in_peace(
    tmp_path: Path,
) -> None:
    kills = kill_builds(tmp_path / "warehouse", times=20, seed=1)

    assert kills.failures == []
    assert kills.in_the_middle >= 10
    assert kills.reads > 20


def test_a_fetch_killed_at_any_moment_leaves_what_was_loaded_in_use(tmp_path: Path) -> None:
    kills = kill_fetches(tmp_path, times=6, seed=1)

    assert kills.failures == []
    assert kills.in_the_middle >= 2


def test_two_builds_at_once_publish_one_after_the_other(tmp_path: Path) -> None:
    both = [
        subprocess.Popen(build_command(tmp_path), cwd=ROOT, stdout=subprocess.DEVNULL)
        for _ in range(2)
    ]

    assert [build.wait(timeout=60) for build in both] == [0, 0]
    assert len(list(tmp_path.glob("goals-*.duckdb"))) == 2
    assert read_published(tmp_path) == 12537
    assert query(tmp_path, "select count(*) from marts.history") == [(1,)]


def test_another_time_zone_locale_hash_seed_and_day_give_the_same_content(tmp_path: Path) -> None:
    hashes = set()
    for number, (zone, locale, seed) in enumerate(
        [("UTC", "C.UTF-8", "0"), ("Pacific/Auckland", "C", "1"), ("America/Caracas", "POSIX", "2")]
    ):
        warehouse = tmp_path / str(number)
        environment = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed}
        subprocess.run(
            build_command(warehouse), cwd=ROOT, env=environment, check=True, capture_output=True
        )
        hashes.update(query(warehouse, "select content_hash from marts.build"))

    assert len(hashes) == 1


def test_one_thread_gives_the_same_content_as_several(tmp_path: Path) -> None:
    program = (
        "import duckdb, pathlib, sys\n"
        "from etl import draft, pipeline, paths\n"
        "class Draft(draft.Draft):\n"
        "    def __init__(self, file):\n"
        "        super().__init__(file)\n"
        "        self.connection.execute(f'set threads = {sys.argv[1]}')\n"
        "pipeline.Draft = Draft\n"
        "print(pipeline.check(paths.Paths()).content_hash)\n"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", program, threads],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for threads in ("1", "2", "7")
    }

    assert len(hashes) == 1
