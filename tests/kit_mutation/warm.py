"""Make each mutant cheap to try: a small, fixed random search, and the shipped project read before processes fork.

A pytest plugin for mutmut's runs (`-p tests.kit_mutation.warm`). mutmut collects the tests once, in a process from
which it forks one process for each mutant. Reading the shipped project takes longer than most tests do; none of the
packages under mutation has a part in it (a test says so), and so all mutants may share it.

No diagram manager may live there: the engine crashes now and then in children of such a process, which would look as if
the tests had noticed the mutant.
"""

from __future__ import annotations

import gc

import pytest
from hypothesis import HealthCheck, Phase, settings

PROFILE = "mutation"

settings.register_profile(
    PROFILE,
    max_examples=20,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),  # that something fails is enough; the smallest example is not looked for
    suppress_health_check=list(HealthCheck),
)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Read the shipped project, in the process from which the others are forked; raise UsageError if managers live."""
    if session.config.option.collectonly:
        from redflag_kit.logic.bdd import Diagrams
        from tests import shipped

        shipped.project()
        alive = sum(isinstance(one, Diagrams) for one in gc.get_objects())
        if alive:
            raise pytest.UsageError(f"{alive} diagram managers are made while tests are imported")
        # COST: what all processes share is not looked through again by the collector of each.
        gc.collect()
        gc.freeze()
