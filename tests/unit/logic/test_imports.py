from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "module",
    ["logic", "logic.mdd", "logic.bitset", "logic.algebra", "logic.budget", "logic.cover", "logic.boxes.measure"],
)
def test_only_the_bdd_module_loads_the_engine(module: str) -> None:
    program = f"import sys, redflag_kit.{module}; sys.exit('oxidd' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)
