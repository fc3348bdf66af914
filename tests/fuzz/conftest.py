"""The doors are a module of this folder, for the fuzzer as well, which is no test."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
