"""Cases for Schemathesis from our own description, each tried by somebody in a world that stays as it is."""

import math
import random
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import hypothesis
import schemathesis
from django.db import connection, transaction
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, unsupported_method

from newsdb.api.openapi.views import openapi
from newsdb.wsgi import application
from tests.torture.world import World

#: In all, over all operations; the long form repeats them with other seeds.
CASES = 1000
TIMES = 50
#: Of those of one operation, at most so many are at the bounds of what is described; the others are drawn.
AT_BOUNDS = 2 / 3

#: How those are drawn: two well-formed for each that is not.
MODES = (GenerationMode.POSITIVE, GenerationMode.POSITIVE, GenerationMode.NEGATIVE)

#: What a well-formed request may be refused for, since no schema can tell: by the codes of its errors.
MEANT = {
    *("unknown", "ambiguous", "conflict", "taken", "not_in_the_text"),
    *("no_such_date", "null_characters_not_allowed", "unique"),
    *("no_words", "only_negations", "too_many_words", "unbalanced"),  # of what is searched for
    *("or", "not", "field", "parentheses", "short_prefix", "misplaced_star"),
}
#: The header by which Schemathesis sends more than is described.
UNKNOWN_HEADER = "x-schemathesis-unknown-property"
#: Parameters whose form only we can tell: what we signed, and what can be looked up as an address.
UNTOLD = {"cursor", "source_url", "claim_review"}
#: Members that are needed beside others.
NEEDED = {"/words", "/anchors", "/capture", "/reason", "/speaker"}
#: Where one record of several begins.
IN_A_BATCH = re.compile(r"^/statements/\d+")
#: Who asks, and how often.
READERS = {"anonymous": 6, "stranger": 1, "reader": 2, "editor": 3}
WRITERS = {"anonymous": 1, "stranger": 1, "reader": 1, "editor": 17}

REFUSED = ["308", "400", "401", "403", "404", "405", "406", "409", "410", "412", "414", "415", "428"]
CONFIG = {
    "output": {"sanitization": {"enabled": False}},
    "generation": {"with-security-parameters": False},
    "checks": {
        # What is well-formed may be refused for what it means; `refused_for_its_meaning` holds us to that.
        "positive_data_acceptance": {
            "expected-statuses": ["2xx", "3xx", "400", "401", "403", "404", "409", "410", "412"]
        },
        "negative_data_rejection": {"expected-statuses": REFUSED},
        "missing_required_header": {"expected-statuses": ["308", "401", "403", "404", "410", "428"]},
    },
}


def operations() -> list[Any]:
    """Every operation of the description, in its order."""
    description = schemathesis.openapi.from_dict(openapi(), config=schemathesis.Config.from_dict(CONFIG))
    description.app = application
    return [found.ok() for found in description.get_all_operations()]


OPERATIONS = operations()
EACH = math.ceil(CASES / len(OPERATIONS))


def refused_for_its_meaning(context: Any, response: Any, case: Case) -> None:
    """A check: what the description calls well-formed is refused only for what it means."""
    meta = case.meta
    if response.status_code != 400 or meta is None or not meta.generation.mode.is_positive:
        return
    errors = response.json().get("errors", [])
    assert errors, response.text
    wrong = [error for error in errors if not _meant(error, case.body)]
    assert not wrong, f"The description allows it, the API does not: {wrong}"


def _meant(error: dict[str, Any], body: Any) -> bool:
    if error["code"] in MEANT or error.get("parameter") in UNTOLD:
        return True
    if "pointer" not in error:
        return False
    place, rows = body, []
    for step in error["pointer"].split("/")[1:]:
        rows = place if isinstance(place, list) else []
        place = place[int(step)] if isinstance(place, list) else place.get(step)
    if [str(row).strip() for row in rows].count(str(place).strip()) > 1:
        return True  # a row that is there twice
    # What is wrong with the whole of an object is what its members mean together.
    of_one = IN_A_BATCH.sub("", error["pointer"])
    return isinstance(place, dict) or (error["code"] == "required" and of_one in NEEDED)


class Prober:
    """Tries cases, undoes what they did, and keeps count."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.statuses: Counter[int] = Counter()

    @property
    def cases(self) -> int:
        """How many there were."""
        return self.statuses.total()

    def count(self, first: int) -> int:
        """How many answers had a status that begins with that digit."""
        return sum(number for status, number in self.statuses.items() if status // 100 == first)

    def probe(self, case: Case) -> None:
        """Make the request, hold the answer against the description, and undo it."""
        chance = random.Random(zlib.crc32(repr(case).encode("utf-8", "replace")))
        self.world.ground(case, chance)
        headers = self.headers(case, chance)
        with transaction.atomic():
            response = case.call(headers=headers)
            self.statuses[response.status_code] += 1
            connection.check_constraints()  # what waits for the commit
            excluded = []
            # Whose token is unknown is told so, whatever the method, also where reading takes no token.
            if headers and response.status_code == 401:
                excluded.append(unsupported_method)
            # Headers that nobody knows are to be passed over, as RFC 9110 says in 5.1.
            if UNKNOWN_HEADER in (case.headers or {}):
                excluded.append(negative_data_rejection)
            case.validate_response(
                response,
                headers=headers,
                additional_checks=[refused_for_its_meaning],
                excluded_checks=excluded,
                transport_kwargs={"headers": headers, "app": application},
            )
            transaction.set_rollback(True)

    def headers(self, case: Case, chance: random.Random) -> dict[str, str]:
        """Who asks."""
        who = READERS if case.method == "GET" else WRITERS
        (role,) = chance.choices(list(who), list(who.values()))
        return {"Authorization": f"Bearer {self.world.tokens[role]}"} if role != "anonymous" else {}


def at_bounds(operation: Any, most: int, seed: int) -> Iterator[Case]:
    """At most that many of the cases at, and just beyond, the bounds of what is described."""
    every = list(
        operation.schema.iter_coverage_cases(
            operation,
            generation_modes=list(GenerationMode),
            generation_config=operation.schema.config.generation_for(operation=operation, phase="coverage"),
            extra_data_source=None,
            error_feedback=None,
            session=None,
        )
    )
    return iter(random.Random(seed).sample(every, min(most, len(every))))


def drawn(operation: Any, number: int, seed: int, probe: Callable[[Case], None]) -> None:
    """Probe that many cases drawn by chance, well-formed or not; what fails is made as small as it can be."""

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=number,
        deadline=None,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.generate, hypothesis.Phase.shrink],
    )
    @hypothesis.given(
        hypothesis.strategies.one_of(*(operation.as_strategy(generation_mode=mode) for mode in MODES))
    )
    def test(case: Case) -> None:
        probe(case)

    test()


def check_operation(operation: Any, world: World, seed: int) -> None:
    """Probe an operation as often as is its share, and see that it was both answered and refused."""
    seed += 500_000 * (connection.vendor == "postgresql")  # each store is asked something else
    prober = Prober(world)
    for case in at_bounds(operation, int(EACH * AT_BOUNDS), seed):
        prober.probe(case)
    drawn(operation, EACH - prober.cases, seed, prober.probe)
    assert prober.cases >= EACH
    # Else it would prove nothing. Few bodies drawn by chance make sense; of one seed's, none may.
    enough = EACH * 0.04 if operation.method == "get" else 1
    for more in range(1, 6):
        if prober.count(2) < enough:
            drawn(operation, EACH, seed + more * 1_000_000, prober.probe)
    assert prober.count(2) >= enough, prober.statuses
    assert prober.count(4) >= EACH * 0.2, prober.statuses
