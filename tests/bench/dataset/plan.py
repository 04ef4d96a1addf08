"""How large a dataset is to be, and who is in it: everything else follows from size and seed."""

from dataclasses import dataclass

#: Goes up whenever other rows, columns or indexes come of the same size and seed: what was kept of an older
#: version is made anew.
VERSION = 5
#: Statements that are made together, from a random generator of their own.
BATCH = 5_000
#: How many statements each of some articles has; a batch holds its articles in random order.
ARTICLE_SIZES = (1, 1, 1, 2, 2, 2, 3, 5, 8)


@dataclass(frozen=True)
class Plan:
    """``statements`` rows, told apart from other datasets of that size by ``seed``.

    Without ``ledger`` the ledger notes people and outlets only, not that articles and statements were
    created: it takes half of the disk, and pages do not read it.
    """

    statements: int
    seed: int = 1
    ledger: bool = True

    @property
    def actors(self) -> int:
        """20,000 for a million statements."""
        return max(20, self.statements // 50)

    @property
    def outlets(self) -> int:
        """2,000 for a million statements."""
        return max(10, self.statements // 500)

    @property
    def batches(self) -> range:
        """The numbers of all batches."""
        return range(-(-self.statements // BATCH))

    @property
    def name(self) -> str:
        """What files that hold this dataset are named by."""
        left_out = {"without-ledger": not self.ledger}
        parts = [part for part, is_left_out in left_out.items() if is_left_out]
        return "-".join([f"v{VERSION}-{self.statements}-{self.seed}", *parts])
