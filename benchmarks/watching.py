"""Watch a real campaign for minutes while files are dropped, changed, renamed and removed in it.

What must hold: the memory of who watches stays what it was; what is dropped is in the register
within seconds; nothing is received twice.
"""

from __future__ import annotations

import hashlib
import json
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from workload import write_returns

from pst_excel import Campaign, read_files
from pst_excel.campaign.entries import What
from pst_excel.reference.samples.campaign import edited
from pst_excel.rounds.watching.settling import Settling

SERVICES = 6
PAUSE = 5.0  # seconds between two changes
POLLED = 300


class Site:
    """A campaign that is watched by a real process, and what is done to its returns."""

    def __init__(self, folder: Path) -> None:
        self.returns = write_returns(folder, SERVICES)
        read = zip(self.returns, read_files(self.returns).returns, strict=True)
        self._codes = {file: str(one.tables["actions"].columns["code"][0]) for file, one in read}
        self.campaign, _ = Campaign.create(folder / "campagne", self.returns)
        self.dropped: dict[str, float] = {}
        self.taken: dict[str, float] = {}
        self.random = random.Random(19)
        self._seen: set[str] = set()
        self.log = (folder / "watch.txt").open("w", encoding="utf-8")
        command = [sys.executable, "-m", "pst_excel", "surveiller", str(folder / "campagne")]
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log)

    def stop(self) -> None:
        """End who watches, once the work that it is doing is done."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait()
        self.log.close()

    def rss(self) -> float:
        """Return the memory of who watches, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def act(self) -> None:
        """Do one thing to the files, as people do."""
        there = sorted(self.campaign.layout.returns.iterdir())
        what = self.random.choice(["drop", "drop", "change", "rename", "remove"])
        if what == "drop" or not there:
            self._put(self.campaign.layout.returns / f"retour {len(self.dropped)}.xlsx")
        elif what == "change":
            self._put(self.random.choice(there))
        elif what == "rename":
            file = self.random.choice(there)
            file.rename(file.with_name(f"{file.stem[:20]} {len(self.dropped)}r.xlsx"))
        else:
            self.random.choice(there).unlink()

    def _put(self, file: Path) -> None:
        source = self.random.choice(self.returns)
        title = f"Retour {len(self.dropped)} de {source.stem}"
        data = edited(source.read_bytes(), "actions", self._codes[source], {"intitule": title})
        file.write_bytes(data)
        self.dropped[hashlib.sha256(data).hexdigest()] = time.monotonic()

    def follow(self, seconds: float) -> None:
        """Wait, and note when each file that was dropped is written down."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for digest in self._written_down():
                self.taken.setdefault(digest, time.monotonic())
            time.sleep(0.1)

    def _written_down(self) -> Iterator[str]:
        for record in sorted(self.campaign.layout.records.glob(f"*-{What.RECEIVED}-*.json")):
            if record.name not in self._seen:
                self._seen.add(record.name)
                for one in json.loads(record.read_bytes())["entry"]["files"]:
                    yield one["digest"]


def polled() -> float:
    """Return the milliseconds of a processor that a look takes where nothing happens."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(POLLED):
            Path(folder, f"retour {number}.xlsx").write_bytes(b"PK")
        settling = Settling(Path(folder), 450)
        settling.look()
        start = time.process_time()
        for _ in range(100):
            settling.look()
        return (time.process_time() - start) * 10


def crowd(folder: Path, count: int) -> None:
    """Print how long so many files that are dropped at once take, and in how many steps."""
    site = Site(folder)
    site.follow(10)
    (folder / "many").mkdir()
    files = write_returns(folder / "many", count)
    start = time.monotonic()
    for file in files:
        data = file.read_bytes()
        (site.campaign.layout.returns / f"foule {file.name}").write_bytes(data)
    rounds = len(site.campaign.memory.rounds)
    came = 0
    while site.campaign.memory.waiting or came < count:
        site.follow(1)
        if not came and len(site.campaign.memory.arrivals) >= count:
            came = len(site.campaign.memory.arrivals)
            print(f"{count} files: received in {time.monotonic() - start:.0f} s", flush=True)
    batches = len(list(site.campaign.layout.records.glob(f"*-{What.RECEIVED}-*.json"))) - 1
    rounds = len(site.campaign.memory.rounds) - rounds
    print(f"  consolidated in {time.monotonic() - start:.0f} s: {batches} batch, {rounds} round")
    print(f"  memory {site.rss():.1f} MB")
    site.stop()


def main(minutes: float) -> None:
    """Print the memory and the times."""
    print(f"a look at {POLLED} files: {polled():.1f} ms")
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder))
        site.follow(10)
        start = time.monotonic()
        print(f"memory at the start {site.rss():.1f} MB", flush=True)
        half = False
        while (gone := time.monotonic() - start) < minutes * 60:
            if not half and gone > minutes * 30:
                half = True
                print(f"memory at half {site.rss():.1f} MB", flush=True)
            site.act()
            site.follow(site.random.uniform(0, 2 * PAUSE))
        site.follow(60)
        print(f"memory at the end {site.rss():.1f} MB")
        times = [site.taken[one] - at for one, at in site.dropped.items() if one in site.taken]
        arrivals = Counter(one.came.digest for one in site.campaign.memory.arrivals)
        print(f"{len(site.dropped)} files dropped or changed, {len(times)} in the register")
        if times:
            middle, longest = statistics.median(times), max(times)
            print(f"  after {middle:.1f} s (median), {longest:.1f} s (longest)")
        print(f"  received twice: {sum(count > 1 for count in arrivals.values())}")
        print(f"{len(site.campaign.memory.rounds)} consolidations")
        site.stop()
        print(Path(folder, "watch.txt").read_text(encoding="utf-8")[-1500:])


if __name__ == "__main__":
    if "--crowd" in sys.argv:
        with tempfile.TemporaryDirectory() as place:
            crowd(Path(place), int(sys.argv[-1]))
    else:
        main(float(sys.argv[1]) if len(sys.argv) > 1 else 10)
