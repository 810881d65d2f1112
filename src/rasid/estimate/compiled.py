"""Kernels are compiled on first use and kept on disk; this is the one place that knows the compiler.

What is kept is renewed when the file of a kernel changes, not when a kernel that it calls changes in another file:
whoever edits `latent_slide.py` removes `__pycache__/latent_kernels*.nb?`, too.

Import this only from the modules of kernels (`*_kernels`, `latent_room`, `latent_slide`, `latent_trade`), and those
only inside functions: the compiler takes a second to load.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Machine code for `function`, cached beside its source (or in the user's cache where that is read-only)."""
    return cast(Callable[P, R], numba.njit(cache=True, nogil=True)(function))
