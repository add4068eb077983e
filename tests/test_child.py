"""A child is talked to, is limited, can be ended at any moment, and says why it ended."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from annotator import confined
from annotator.child import MOST_BYTES, TOO_LONG, TOO_MUCH, Child, Ended, Message, Silent, Talk
from annotator.confined import Means

ME = "tests.test_child"
KEPT: list[bytes] = []


def serve(talk: Talk, means: Means) -> None:
    """Do in the child what each message says."""
    while (message := talk.hear()) is not None:
        what = message.values["do"]
        if what == "echo":
            talk.say(message.values, message.payload)
        elif what == "sleep":
            time.sleep(600)
        elif what == "tasks":
            for _ in range(3):
                means.renew(1, 2, 1 << 30)
                _work(0.7)
            talk.say({"done": True})
        elif what == "spin":
            _watched(means)
            means.renew(0.8, 0.8, 1 << 30)
            _work(600)
        elif what == "eat":
            _watched(means)
            means.renew(60, 60, 1 << 27)
            while True:
                KEPT.append(b"x" * (1 << 20))
                time.sleep(0.001)
        elif what == "work":
            talk.say({"began": True})
            _work(600)
        elif what == "parse":
            talk.say({"parsed": _parsed(message.values["path"])})
        elif what == "die":
            os.abort()


def _parsed(path: str) -> bool:
    """Say whether a file could be opened by a library written in C, which no audit hook sees."""
    from lxml import etree

    try:
        etree.parse(path)
    except OSError:
        return False
    return True


def _work(seconds: float) -> None:
    begin = time.process_time()
    while time.process_time() - begin < seconds:
        pass


def _watched(means: Means) -> None:
    """Take the ways of a system that sets no limits."""
    means._is_limited = False
    means._apply = lambda: None


@pytest.fixture
def child():
    made = Child(ME)
    yield made
    made.end()
    assert not made.is_running


def test_a_child_answers_with_values_and_bytes(child: Child):
    for payload in (b"", b"\x00\n" * 10, os.urandom(3_000_000)):
        child.say({"do": "echo", "words": "é\n"}, payload)
        assert child.hear(20) == Message({"do": "echo", "words": "é\n"}, payload)


def test_a_silent_child_is_told_from_one_that_ended(child: Child):
    child.say({"do": "sleep"})
    with pytest.raises(Silent):
        child.hear(0.2)
    threading.Timer(0.1, child.kill).start()
    for _ in range(2):
        with pytest.raises(Ended) as ended:
            child.hear(20)
        assert ended.value.why == "crash"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell")
def test_a_child_at_work_is_told_from_one_that_waits(child: Child):
    child.say({"do": "work"})
    assert child.hear(20).values == {"began": True}
    assert _comes(child, at_work=True)
    other = Child(ME)
    other.say({"do": "sleep"})
    assert _comes(other, at_work=False)
    other.end()
    assert not other.is_at_work


def _comes(child: Child, *, at_work: bool) -> bool:
    """Wait until a child is, or is not, at work; say whether it came to that."""
    deadline = time.monotonic() + 20
    while child.is_at_work != at_work:
        if time.monotonic() > deadline:
            return False
    return True


def test_a_child_that_crashes_says_how(child: Child):
    child.say({"do": "die"})
    with pytest.raises(Ended) as ended:
        child.hear(20)
    assert ended.value.why == "crash"
    if sys.platform != "win32":
        assert ended.value.said == "SIGABRT"


def test_what_is_said_to_a_dead_child_is_no_error(child: Child):
    child.kill()
    with pytest.raises(Ended):
        child.hear(20)
    child.say({"do": "echo"}, b"x" * 1_000_000)
    child.end()


@pytest.mark.slow
def test_each_task_has_its_own_time(child: Child):
    child.say({"do": "tasks"})
    assert child.hear(20).values == {"done": True}


@pytest.mark.parametrize(("what", "why"), [("spin", "time"), ("eat", "memory")])
def test_where_the_system_sets_no_limits_the_child_looks_itself(child: Child, what: str, why: str):
    child.say({"do": what})
    with pytest.raises(Ended) as ended:
        child.hear(30)
    assert ended.value.why == why


@pytest.mark.skipif(sys.platform == "win32", reason="processes are asked for in another way there")
def test_a_child_does_not_outlive_its_parent():
    code = "import os; from annotator.child import Child; c = Child('tests.test_child'); c.say({'do': 'echo'}); c.hear(30); print(c.id); os._exit(1)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=Path.cwd())
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and _is_there(int(done.stdout)):
        pass
    assert not _is_there(int(done.stdout))


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    told = Path(f"/proc/{process}/stat")  # one that ended and was not waited for is not there
    return not told.exists() or ") Z" not in told.read_text()


def test_a_module_that_is_not_there_is_told():
    child = Child("annotator.nowhere")
    with pytest.raises(Ended, match="nowhere"):
        child.hear(20)
    child.end()


def test_the_codes_of_a_child_s_own_ends_differ():
    assert len({TOO_LONG, TOO_MUCH, 0, 1}) == 4
    assert confined.TOO_MUCH == TOO_MUCH


@pytest.mark.parametrize(
    "said",
    [
        b"nonsense\n",
        b"[1]\n",
        b'{"bytes": -1}\n',
        b'{"bytes": "9"}\n',
        b'{"bytes": 9}\nhalf',
        b'{"bytes": 999999999999}\n',
    ],
)
def test_nonsense_is_no_message(said: bytes):
    with pytest.raises(ValueError):
        Talk(io.BytesIO(said), io.BytesIO()).hear()


def test_a_line_without_an_end_is_not_read_for_ever():
    class Endless(io.RawIOBase):
        taken = 0

        def readline(self, size: int | None = -1) -> bytes:
            self.taken += size or 0
            return b"x" * 10

    endless = Endless()
    with pytest.raises(ValueError):
        Talk(endless, io.BytesIO()).hear()  # type: ignore[arg-type]
    assert endless.taken == MOST_BYTES
