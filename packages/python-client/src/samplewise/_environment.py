"""Where and of what a run is made: git, packages, hardware. No environment variables, which hold secrets."""

from __future__ import annotations

import os
import platform
import re
import shlex
import subprocess
import sys
from importlib import metadata
from typing import Any

#: Characters of a diff that are kept.
DIFF_LIMIT = 200_000


def collect() -> dict[str, Any]:
    found: dict[str, Any] = {
        "python": platform.python_version(),
        "os": platform.platform(),
        "command": shlex.join(sys.argv),
        "hostname": platform.node(),
        "hardware": {"machine": platform.machine(), "cores": os.cpu_count()},
        "packages": {d.metadata["Name"]: d.version for d in metadata.distributions() if d.metadata["Name"]},
    }
    commit = _git("rev-parse", "HEAD")
    if commit is not None:
        diff = _git("diff", "HEAD") or ""
        found["git"] = {
            "commit": commit,
            "branch": _git("rev-parse", "--abbrev-ref", "HEAD"),
            "remote": _without_password(_git("remote", "get-url", "origin")),
            "dirty": diff != "",
            "diff": diff[:DIFF_LIMIT],
        }
    return found


def _git(*words: str) -> str | None:
    """What git says; None where there is no git, or it knows nothing."""
    try:
        done = subprocess.run(["git", *words], capture_output=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace").replace("\0", "").strip()


def _without_password(remote: str | None) -> str | None:
    return None if remote is None else re.sub(r"(?<=//)[^/@]*@", "", remote)
