"""Which tests follow each other in one process, and in what order the processes take them.

The tests of a file stay together, and the files of a folder that shares a browser.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import chain, zip_longest

import pytest
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

_TOGETHER = ("tests/webapp/browser/",)


def unit_of(nodeid: str) -> str:
    file = nodeid.partition("::")[0]
    return next((folder for folder in _TOGETHER if file.startswith(folder)), file)


def in_turns(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """Files with slow tests, which mostly wait, take turns with the others, which mostly work, the largest first:
    so that the processors are neither idle nor fought for, and nothing long is what everything waits for at the end.
    """
    units = {item: unit_of(item.nodeid) for item in items}
    sizes = Counter(units.values())
    slow = {units[item] for item in items if item.get_closest_marker("slow")}
    waiting = [unit for unit in sizes if unit in slow]
    working = [unit for unit, _ in sizes.most_common() if unit not in slow]
    turns = chain.from_iterable(zip_longest(waiting, working))
    order = {unit: place for place, unit in enumerate(turns)}
    return sorted(items, key=lambda item: order[units[item]])


class Turns(LoadScopeScheduling):
    """Hands out unit after unit. What it asks itself after each test does not grow with the tests that were run."""

    _places: dict[str, int] | None = None

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)

    def _assign_work_unit(self, node: WorkerController) -> None:
        if self._places is None:  # all processes found the same tests in the same order
            self._places = {nodeid: place for place, nodeid in enumerate(self.registered_collections[node])}
        unit, tests = self.workqueue.popitem(last=False)
        self.assigned_work[node][unit] = tests
        node.send_runtest_some([self._places[nodeid] for nodeid, is_done in tests.items() if not is_done])

    def mark_test_complete(self, node: WorkerController, item_index: int, duration: float = 0) -> None:
        del duration
        nodeid = self.registered_collections[node][item_index]
        units, unit = self.assigned_work[node], unit_of(nodeid)
        units[unit][nodeid] = True
        if all(units[unit].values()):
            del units[unit]
        self._reschedule(node)
