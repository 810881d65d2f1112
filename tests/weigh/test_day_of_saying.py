"""A reported voice speaks on the day it spoke; a rule that is gone is not a group that is gone; a war called over."""

from __future__ import annotations

import pytest
