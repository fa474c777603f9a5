from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "module",
    [
        "logic",
        "logic.mdd",
        "logic.bitset",
        "logic.algebra",
        "logic.budget",
        "logic.cover",
        "logic.samples",
        "logic.boxes.measure",
    ],
)
def test_only_the_bdd_and_sat_modules_load_an_engine(module: str) -> None:
    program = f"import sys, redflag_kit.{module}; sys.exit(bool({{'oxidd', 'pysat'}} & {{*sys.modules}}))"
    subprocess.run([sys.executable, "-c", program], check=True)
