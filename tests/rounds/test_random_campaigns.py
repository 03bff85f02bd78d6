"""Whatever people do in a campaign, in whatever order: what it remembers is what happened."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from support import read, saved
from support.campaign_folders import SMALL
from support.kept_work import KeptWork
from support.killed import Files, files_in, killed, put
from support.sharing import book
from support.year import DUE, OF, begun

from pst_excel import Campaign
from pst_excel.campaign import register
from pst_excel.campaign.entries import State
from pst_excel.reference.samples.campaign import edited
from pst_excel.rounds.workplace import digest_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a process is forked, and killed")
SERVICES = ("Travaux", "Finances")
PLACES = ("campagne", "Année 2027 – PST")
STEPS = ("*-retours-*.json", "*-consolidation-*.json", "PST_consolide.xlsx", "*.sqlite-journal")
FOREIGN = SMALL.replace("92951", "92094")


@dataclass
class Answer:
    """A file that somebody put among the returns: whose, what it answers, what it says."""

    digest: str
    state: State
    service: str = ""
    due: dt.date = DUE
    progress: int = 0
    aside: bool = False


@dataclass
class Model:
    """What happened, as lists: what was sent, what lies there, what was received and united."""

    sent: dict[str, list[tuple[dt.date, bytes]]]
    lying: dict[str, Answer] = field(default_factory=dict)
    received: list[Answer] = field(default_factory=list)
    rounds: list[bytes] = field(default_factory=list)
    counted: list[set[str]] = field(default_factory=list)

    def receive(self) -> None:
        known = {one.digest for one in self.received}
        for _, one in sorted(self.lying.items()):
            if one.digest not in known:
                known.add(one.digest)
                self.received.append(one)

    def counting(self, undone: int) -> list[Answer]:
        """Return the latest answer of each service, those before it that none took up, plans.

        What a consolidation that is undone took up is new again.
        """
        found = []
        if undone:
            self.counted[undone - 1] = set()
        taken = set[str]().union(*self.counted)
        for service in SERVICES:
            mine = [one for one in self.received if one.service == service and not one.aside]
            mine.sort(key=lambda one: one.due)
            found += [one for one in mine[:-1] if one.digest not in taken] + mine[-1:]
        return found + [one for one in self.received if one.state is State.PLAN and not one.aside]


class Ground:
    """A folder in which every example begins with the same campaign; work is done once."""

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="campagnes-"))
        self.work = KeptWork(self.root)
        self.started: Files = {}

    def begin(self) -> Path:
        place = self.root / "ici"
        if not self.started:
            put(place, {})
            begun(place / PLACES[0], SMALL).send()
            self.started = files_in(place)
        put(place, self.started)
        return place / PLACES[0]


GROUND = Ground()
PHASES = [Phase.generate]
"""To shrink a history of consolidations takes far longer than to read it."""


class RandomCampaign(RuleBasedStateMachine):
    """A campaign in a folder beside what it should remember."""

    def __init__(self) -> None:
        super().__init__()
        self.open = ExitStack()
        self.open.enter_context(GROUND.work.used())
        self.campaign = Campaign(GROUND.begin(), patience=0)
        files = {one.workbook.service: one.workbook.file for one in self.campaign.memory.sends}
        sends = self.campaign.layout.sends
        self.model = Model({one: [(DUE, (sends / files[one]).read_bytes())] for one in SERVICES})
        self.model.rounds.append(self.campaign.layout.plan.read_bytes())
        self.model.counted.append(set())
        self.number = 0

    def teardown(self) -> None:
        self.open.close()

    def put(self, data: bytes, state: State, **told: object) -> None:
        self.number += 1
        name = f"{self.number:03}.xlsx"
        saved(self.campaign.layout.returns / name, data)
        self.model.lying[name] = Answer(digest_of(data), state, **told)  # type: ignore[arg-type]

    @rule(service=st.sampled_from(SERVICES), progress=st.integers(1, 99), older=st.booleans())
    def a_service_answers(self, service: str, progress: int, older: bool) -> None:
        due, data = self.model.sent[service][0 if older else -1]
        answer = edited(data, "actions", OF[service], {"avancement": float(progress)})
        self.put(answer, State.RECEIVED, service=service, due=due, progress=progress)

    @rule(what=st.sampled_from(["stranger", "unreadable", "plan"]))
    def something_else_comes(self, what: str) -> None:
        if what == "plan" and self.campaign.layout.plan.is_file():
            self.put(self.campaign.layout.plan.read_bytes(), State.PLAN)
        else:
            self.put(book(FOREIGN) if what == "stranger" else b"rien", State.REFUSED)

    @precondition(lambda self: self.campaign.layout.plan.is_file())
    @rule(services=st.sampled_from([SERVICES, SERVICES[:1]]))
    def sends(self, services: tuple[str, ...]) -> None:
        due = DUE + dt.timedelta(days=self.number)
        self.number += 1
        prepared = self.campaign.send(services, due).preparation.workbooks
        for one in prepared:
            data = (self.campaign.layout.sends / one.file).read_bytes()
            self.model.sent[one.content.service].append((due, data))

    @rule()
    def receives(self) -> None:
        self.campaign.receive()
        self.model.receive()

    @rule()
    def consolidates(self) -> None:
        _, united = self.campaign.consolidate()
        self.model.receive()
        undone = 0 if united.again else united.round.gave.undoes
        counting = self.model.counting(undone)
        plan = self.campaign.layout.plan.read_bytes()
        if united.again:
            assert plan == self.model.rounds[-1]
        else:
            self.model.rounds.append(plan)
            self.model.counted.append({one.digest for one in counting})
        # A plan that is sent back as it is found there is that plan itself.
        taken = {one.digest for one in united.result.returns}
        assert {one.digest for one in counting if one.state is State.RECEIVED} <= taken
        assert taken <= {one.digest for one in counting}
        said = read(plan)
        words = repr(said.ledgers).replace("\\xa0", " ")
        for one in counting:
            if one.progress:
                held = one.progress in said.tables["actions"].columns["avancement"]
                assert held or f"{one.progress} %" in words, one

    @precondition(lambda self: self.campaign.layout.plan.is_file())
    @rule()
    def the_cell_corrects_the_plan(self) -> None:
        self.number += 1
        plan = self.campaign.layout.plan
        values = {"intitule": f"Action {self.number}"}
        plan.write_bytes(edited(plan.read_bytes(), "actions", OF["Travaux"], values))

    @precondition(lambda self: any(one.state is not State.REFUSED for one in self.model.received))
    @rule(data=st.data())
    def a_return_is_set_aside_or_taken_back(self, data: st.DataObject) -> None:
        good = [one for one in self.model.received if one.state is not State.REFUSED]
        one = data.draw(st.sampled_from(good))
        decide = self.campaign.take_back if one.aside else self.campaign.set_aside
        decide(one.digest, "essai")
        one.aside = not one.aside

    @rule(data=st.data())
    def an_earlier_one_is_issued_again(self, data: st.DataObject) -> None:
        number = data.draw(st.integers(1, len(self.model.rounds)))
        copy = self.campaign.reissue(number, GROUND.root / "copie.xlsx").file
        assert copy.read_bytes() == self.model.rounds[number - 1]
        copy.unlink()

    @rule(what=st.sampled_from(["register", "plan", "repair", "moved", "clock"]))
    def something_happens_to_the_folder(self, what: str) -> None:
        layout = self.campaign.layout
        if what == "register":
            layout.register.unlink(missing_ok=True)
        elif what == "plan":
            layout.plan.unlink(missing_ok=True)
        elif what == "repair":
            assert not self.campaign.repair().lost
        elif what == "moved":
            there = PLACES[layout.folder.name == PLACES[0]]
            self.campaign = Campaign(
                layout.folder.rename(layout.folder.with_name(there)), patience=0
            )
        else:
            before = register.now() - dt.timedelta(days=400)
            self.open.enter_context(mock.patch.object(register, "now", return_value=before))

    @rule(step=st.sampled_from(STEPS), whole=st.booleans())
    def a_command_is_killed(self, step: str, whole: bool) -> None:
        command: Callable[[], object] = (
            self.campaign.consolidate if whole else self.campaign.receive
        )
        before = len(self.campaign.memory.arrivals)
        killed(command, step)
        rounds = self.campaign.memory.rounds
        if len(self.campaign.memory.arrivals) > before:
            self.model.receive()
        if len(rounds) > len(self.model.rounds):  # it had ended before it could be killed
            self.model.rounds.append(self.campaign.layout.plan.read_bytes())
            counting = self.model.counting(rounds[-1].gave.undoes)
            self.model.counted.append({one.digest for one in counting})

    @invariant()
    def what_is_remembered_is_what_happened(self) -> None:
        memory = self.campaign.memory
        assert memory.lacking == ()
        assert [(one.came.digest, one.came.state, one.came.service, one.aside)
                for one in memory.arrivals] == [
            (one.digest, one.state, one.service, one.aside) for one in self.model.received
        ]  # fmt: skip
        assert [one.gave.digest for one in memory.rounds] == [*map(digest_of, self.model.rounds)]
        if self.campaign.layout.register.exists():
            kept = self.campaign.layout.register.rename(GROUND.root / "registre")
            assert self.campaign.memory == memory
            kept.rename(self.campaign.layout.register)


RandomCampaign.TestCase.settings = settings(max_examples=6, stateful_step_count=12, phases=PHASES)
TestRandomCampaigns = RandomCampaign.TestCase
