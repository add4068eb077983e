"""Has Linux itself refuse a process every file but some folders, every program, and every connection (Landlock).

What a library written in C does is not seen by Python's audit hook; it is seen by the kernel. The numbers are those of
``linux/landlock.h``, the same on every processor; connections are refused from Linux 6.7 on, files from 5.13 on.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import Any

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_WHICH_VERSION, _BENEATH = 1, 1
_NO_NEW_PRIVILEGES = 38
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
_FILE_ACTS = {1: 13, 2: 14, 3: 15, 4: 15}
"""How many acts on files each version knows; later ones know sixteen."""
_BIND_AND_CONNECT = 0b11
_SIGNALS_AND_SOCKETS = 0b11
_CLOSE_ON_EXEC_PATH = getattr(os, "O_PATH", 0) | getattr(os, "O_CLOEXEC", 0)


def shut_in(readable: Iterable[str]) -> bool:
    """Let this process, from now on, open only what is in these folders (or these files), to read, and connect to nothing.

    What is open stays open. Returns whether the system did so; an older one, or another, does not.
    """
    if sys.platform != "linux":
        return False
    import ctypes
    import struct

    system = ctypes.CDLL(None, use_errno=True)
    version = system.syscall(_CREATE_RULESET, None, 0, _WHICH_VERSION)
    if version < 1:
        return False
    acts = (1 << _FILE_ACTS.get(version, 16)) - 1
    asked = struct.pack("=3Q", acts, _BIND_AND_CONNECT, _SIGNALS_AND_SOCKETS)
    rules = system.syscall(_CREATE_RULESET, asked, 8 if version < 4 else 16 if version < 6 else 24, 0)
    if rules < 0:
        return False
    try:
        for path in readable:
            _allow(system, rules, path)
        system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        return system.syscall(_RESTRICT_SELF, rules, 0) == 0
    finally:
        os.close(rules)


def _allow(system: Any, rules: int, path: str) -> None:
    """Let what is beneath a path be read; one that is not there is passed over."""
    import struct

    try:
        beneath = os.open(path, _CLOSE_ON_EXEC_PATH)
    except OSError:
        return
    try:
        acts = _READ_FILE | (_READ_FOLDER if os.path.isdir(path) else 0)  # noqa: PTH112 - early: no Path is needed
        rule = struct.pack("=Qi", acts, beneath)
        system.syscall(_ADD_RULE, rules, _BENEATH, rule, 0)
    finally:
        os.close(beneath)
