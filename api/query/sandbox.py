"""What a worker process is not allowed to do, whatever a query makes the engine try.

It is silent too: what Rust and the engine say when they abort may hold the query and is no line of our
log, which is on the same standard error.

The guard refuses SERVICE by reading the text. This is the second lock: on Linux a seccomp filter
(`man 2 seccomp`) makes every attempt to open a socket fail, so nothing leaves the process even if a
text slipped through. Elsewhere the guard stands alone.
"""

import ctypes
import errno
import os
import platform
import resource
import struct
import sys

_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_SECCOMP = 22
_SECCOMP_MODE_FILTER = 2
_ALLOW = 0x7FFF0000
_DENY = 0x00050000 | errno.EACCES

_LOAD = 0x20
_JUMP_IF_EQUAL = 0x15
_JUMP_IF_NOT_LESS = 0x35
_RETURN = 0x06
_X32 = 0x40000000

_FORBIDDEN = {
    # machine: audit architecture, then socket, socketpair, connect, io_uring_setup
    "x86_64": (0xC000003E, (41, 53, 42, 425)),
    "aarch64": (0xC00000B7, (198, 199, 203, 425)),
}


class _Program(ctypes.Structure):
    """`struct sock_fprog`."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def confine(memory: int) -> bool:
    """Limit this process to `memory` bytes, no core dumps and no network.

    Returns whether the network is really shut; False where the platform does not offer it.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    if sys.platform != "linux" or platform.machine() not in _FORBIDDEN:
        return False
    return _shut_network(*_FORBIDDEN[platform.machine()])


def silence() -> None:
    """Let nothing of what this process says from now on reach standard error."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stderr.fileno())
    os.close(nowhere)


def _shut_network(architecture: int, forbidden: tuple[int, ...]) -> bool:
    rules = _rules(architecture, forbidden)
    program = _Program(len(rules) // 8, rules)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def _rules(architecture: int, forbidden: tuple[int, ...]) -> bytes:
    """Return the filter: deny calls of another architecture and the forbidden ones, allow the rest."""
    deny = len(forbidden) + 1  # instructions between the first check of the number and the denial
    rules = [
        (_LOAD, 0, 0, 4),  # seccomp_data.arch
        (_JUMP_IF_EQUAL, 0, deny + 2, architecture),
        (_LOAD, 0, 0, 0),  # seccomp_data.nr
        (_JUMP_IF_NOT_LESS, deny, 0, _X32),
        *((_JUMP_IF_EQUAL, deny - 1 - at, 0, number) for at, number in enumerate(forbidden)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _DENY),
    ]
    return b"".join(struct.pack("=HBBI", *rule) for rule in rules)
