"""Records to be found by cases that were drawn from the description alone, and tokens to ask with."""

import random
from typing import Any

from django.db import connection
from schemathesis import Case
from schemathesis.core.parameters import ParameterLocation as Location

from actors.models import Actor, ActorSlug, merge_actors
from articles.models import Article, Capture, Outlet, OutletDomain, Statement
from articles.services.retraction import retract_article, retract_statement
from newsdb.api.request.batches import MAX_RECORDS
from newsdb.models.merging import merge_records
from tests.clients import make_editor, token_for
from tests.factories import ActorFactory, OutletFactory, StatementFactory, UserFactory, anchored_statement

#: So often a name is put in, and a choice of members made; else all stays as it was drawn.
MOSTLY = 0.9
#: So many optional parameters or members are left, at most.
FEW = 3


class World:
    """What there is; beside it, what was retracted and merged."""

    def __init__(self) -> None:
        for number in range(3):
            anchored_statement(f"The ferry runs again {number}.", "So it does.", matched=True)
        actors = list(ActorSlug.objects.values_list("slug", flat=True))
        outlets = list(Outlet.objects.values_list("slug", flat=True))
        articles = list(map(str, Article.objects.values_list("uid", flat=True)))
        statements = list(map(str, Statement.objects.values_list("uid", flat=True)))
        wikidata_ids = Actor.objects.exclude(wikidata_id=None).values_list("wikidata_id", flat=True)
        addresses = Article.objects.exclude(source_url="").values_list("source_url", flat=True)
        sections = Article.objects.exclude(section="").values_list("section", flat=True)
        withdrawn, twice = StatementFactory(), StatementFactory()
        retract_statement(statement=withdrawn, reason="Misattributed.", by="ines")
        retract_article(article=twice.article, reason="Printed twice.", by="ines")
        survivor, merged = ActorFactory(), ActorFactory()
        merge_actors(survivor=survivor, merged=merged, reason="One and the same.", by="ines")
        paper, copy = OutletFactory(), OutletFactory()
        merge_records(survivor=paper, merged=copy, reason="One and the same.", by="ines")
        connection.check_constraints()
        #: What stands in a path, by resource, or by what is done to the record.
        self.keys: dict[str, list[Any]] = {
            "actors": [*actors, merged.slug],
            "outlets": [*outlets, copy.slug],
            "articles": [*articles, str(twice.article.uid)],
            "statements": [*statements, str(withdrawn.uid)],
            "articles/restore": [str(twice.article.uid)],
            "statements/restore": [str(withdrawn.uid)],
            "actors/unmerge": [merged.slug],
            "outlets/unmerge": [copy.slug],
        }
        #: What a parameter, or a member of a body, of that name can mean.
        self.names: dict[str, list[Any]] = {
            **{name: [*actors, *wikidata_ids] for name in ("speaker", "author", "organisation")},
            "outlet": outlets,
            "article": articles,
            "section": sorted(set(sections)),
            "language": ["en"],
            "domain": list(OutletDomain.objects.values_list("domain", flat=True)),
            "capture": list(Capture.objects.values_list("sha256", flat=True)),
            "q": ["ferry", '"runs again"', "troops -ferry", "kim"],
        }
        #: And a parameter alone: what is written has an address of its own.
        self.addresses = {"source_url": list(addresses)}
        #: Nobody has the stranger's.
        self.tokens = {
            "stranger": "newsdb_of-nobody",
            "reader": token_for(UserFactory(), "read"),
            "editor": token_for(make_editor()),
        }

    def ground(self, case: Case, chance: random.Random) -> None:
        """Put what there is into ``case``: into its path mostly, elsewhere where it is well-formed."""
        meta = case.meta
        if meta is None:
            return
        if case.path_parameters and chance.random() < MOSTLY and not meta.is_negative_at(Location.PATH):
            key = chance.choice(self._keys(case.path))
            case.path_parameters = dict.fromkeys(case.path_parameters, key)
        in_headers = "If-Match" in case.headers and not meta.is_negative_at(Location.HEADER)
        if in_headers and chance.random() < MOSTLY:
            case.headers["If-Match"] = "*"
        if not meta.generation.mode.is_positive or chance.random() > MOSTLY:
            return
        if case.query:
            needed = {each.name for each in case.operation.query if each.is_required}
            case.query = _named(_few(case.query, needed, chance), chance, self.names | self.addresses)
        if isinstance(case.body, dict) and case.body:
            # What a record is merged into is one of its kind.
            names = self.names | {"into": self.keys.get(_resource(case.path), [])}
            case.body = _named(self._sensible(case, chance), chance, names)

    def _keys(self, path: str) -> list[Any]:
        resource, last = _resource(path), path.strip("/").split("/")[-1]
        return self.keys.get(f"{resource}/{last}") or self.keys[resource]

    def _sensible(self, case: Case, chance: random.Random) -> dict[str, Any]:
        """A part of the body, so that fewer members contradict each other."""
        (body,) = (each for each in case.operation.body)
        required = set(body.definition["schema"].get("required", []))
        given: Any = case.body
        if case.path.endswith("/batch/"):
            rows = given.get("statements")
            if isinstance(rows, list) and len(rows) <= MAX_RECORDS:
                rows = [_statement(row, {"article", "kind"}, chance) for row in rows[:FEW]]
            return {**given, "statements": rows} if "statements" in given else given
        if case.method == "POST" and case.path.endswith("/statements/"):
            return _statement(case.body, required, chance)
        return _few(case.body, required, chance)


def _resource(path: str) -> str:
    return path.removeprefix("/api/v1/").partition("/")[0]


def _statement(body: Any, needed: set[str], chance: random.Random) -> Any:
    if not isinstance(body, dict):
        return body
    kept = _few(body, needed, chance)
    return {"words": ["So it is said"]} | {n: v for n, v in kept.items() if n not in ("capture", "anchors")}


def _named(value: Any, chance: random.Random, names: dict[str, list[Any]], name: str = "") -> Any:
    if isinstance(value, dict):
        return {inner: _named(each, chance, names, inner) for inner, each in value.items()}
    if isinstance(value, list):
        return [_named(each, chance, names, name) for each in value]
    known = names.get(name)
    return chance.choice(known) if known and value is not None and chance.random() < MOSTLY else value


def _few(members: dict[str, Any], needed: set[str], chance: random.Random) -> dict[str, Any]:
    optional = sorted(members.keys() - needed)
    kept = needed | set(chance.sample(optional, min(len(optional), chance.randint(0, FEW))))
    return {name: value for name, value in members.items() if name in kept}
