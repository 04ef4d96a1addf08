"""Plans an erasure: what it would remove, and what else contains the words, for a person to review."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.admin.models import LogEntry
from django.db.models import Q

from actors.models import Actor, ActorMerge
from articles.models import Anchor, Article, Byline, Capture, Proposal, RoleProposal, Statement
from articles.services.erasure.contexts import contexts_around
from articles.services.erasure.matching import WordsMatcher, parts_of
from articles.services.erasure.places import Place, find_places, root_of
from newsdb.models import ErasedDigest, Erasure
from newsdb.models.erasure import DigestKind

MODELS: dict[str, Any] = {"statement": Statement, "actor": Actor, "article": Article}
#: Columns that only curators see, or context of evidence: cleared without being listed.
CLEARED = {
    Anchor: ("prefix", "suffix"),
    Proposal: ("words", "name", "evidence", "replaced"),
    RoleProposal: ("title", "organisation"),
    Capture: ("text",),
}
#: Apps whose tables are logs.
LOGS = ("admin", "axes")
UNPUBLISHED_STATUSES = ("proposed", "rejected")


@dataclass(frozen=True)
class Target:
    """What an identifier refers to: a record, or the erasure that already removed it."""

    record_type: str
    record: Any = None
    erasure: Erasure | None = None


@dataclass(frozen=True)
class Holder:
    """A text that contains the words and is kept, unless a person decides otherwise."""

    record_type: str
    uid: UUID | None
    column: str
    text: str


@dataclass
class Plan:
    """The records to erase, the fields to clear, and the texts that contain the words but are kept."""

    actors: list[Any] = field(default_factory=list)
    articles: list[Any] = field(default_factory=list)
    statements: list[Any] = field(default_factory=list)
    matcher: WordsMatcher = field(default_factory=WordsMatcher)
    #: Headlines and decks of erased articles. A person decides about other texts that contain them; captured
    #: texts are not removed because of them.
    headlines: WordsMatcher = field(default_factory=WordsMatcher)
    #: Ids of captures whose text is removed for good, and of those with a stored text.
    captures: set[int] = field(default_factory=set)
    texts: set[int] = field(default_factory=set)
    #: Ids of the rows to clear, by model and column.
    cleared: dict[tuple[Any, str], set[Any]] = field(default_factory=dict)
    holders: list[Holder] = field(default_factory=list)

    @property
    def all_words(self) -> WordsMatcher:
        """The words and the headlines."""
        return self.matcher | self.headlines

    @property
    def records(self) -> list[Any]:
        """All records to erase."""
        return [*self.statements, *self.articles, *self.actors]

    def clear(self, model: Any, column: str, *ids: Any) -> None:
        """Mark rows whose column is to be cleared."""
        if ids:
            self.cleared.setdefault((model, column), set()).update(ids)


def find_target(record_type: str, identifier: str) -> Target:
    """Find a record by uid, by number or, for an actor, by slug. Raises ``LookupError``."""
    known, gone = Q(pk__in=[]), Q(pk__in=[])
    try:
        uid = UUID(identifier)
        known, gone = Q(uid=uid), Q(uid=uid)
    except ValueError:
        if identifier.isascii() and identifier.isdecimal() and len(identifier) < 19:
            known, gone = Q(pk=int(identifier)), Q(record_id=int(identifier))
        elif record_type == "actor":
            known = Q(slugs__slug=identifier.lower())
            digests = ErasedDigest.objects.of(DigestKind.ADDRESS, identifier.lower())
            gone = Q(pk__in=digests.values("erasure"))
    record = MODELS[record_type]._base_manager.filter(known).first()
    erasure = Erasure.objects.filter(gone, record_type=record_type).first()
    if record is None and erasure is None:
        by = "uid, number or slug" if record_type == "actor" else "uid or number"
        raise LookupError(f"There is no {record_type} {identifier}. Give its {by}.")
    if record_type == "actor" and record is not None and record.merged_into:
        survivor = record.merged_into
        raise LookupError(
            f"This actor was merged into {survivor.uid}. Erase that actor to remove both, or undo the merge"
            " first."
        )
    return Target(record_type, record, erasure)


def plan_erasure(record: Any) -> Plan:
    """Plan the erasure of a statement, an article with its statements, or an actor with its statements."""
    plan = Plan()
    if isinstance(record, Actor):
        plan.actors = _with_merged(record)
        plan.statements = list(_statements(Q(speaker__in=plan.actors)))
        plan.matcher = WordsMatcher.of_names(
            name for actor in plan.actors for name in (actor.name, *(n.name for n in actor.names.all()))
        )
    elif isinstance(record, Article):
        plan.articles = [record]
        plan.headlines = WordsMatcher.of_statement([record.headline]) | WordsMatcher.of_statement(
            [record.deck]
        )
        plan.statements = list(_statements(Q(article=record)))
    else:
        plan.statements = list(_statements(Q(pk=record.pk)))
    for statement in plan.statements:
        plan.matcher |= WordsMatcher.of_statement(parts_of(statement))
    places = [
        place
        for place in find_places(plan.all_words)
        if place.model is not Capture or plan.matcher.matches(place.text)
    ]
    _take_along_proposals(plan, places)
    _plan_captures(plan, places)
    _plan_contexts(plan)
    _sort_places(plan, places)
    return plan


def _statements(condition: Q) -> Any:
    return Statement.objects.filter(condition).prefetch_related("anchors").order_by("pk")


def _with_merged(actor: Any) -> list[Any]:
    """The actor and all those merged into it."""
    family, found = [actor], [actor]
    while found:
        found = list(Actor.objects.filter(merged_into__in=found))
        family += found
    return family


def _take_along_proposals(plan: Plan, places: Iterable[Place]) -> None:
    """Add unpublished statements that contain the words, since they could be published later."""
    ids = {place.pk for place in places if place.model is Statement}
    proposals = [place.pk for place in places if place.model is Proposal]
    ids |= set(Proposal.objects.filter(pk__in=proposals).values_list("statement", flat=True))
    ids -= {statement.pk for statement in plan.statements}
    plan.statements += _statements(Q(pk__in=ids, status__in=UNPUBLISHED_STATUSES))


def _plan_captures(plan: Plan, places: Iterable[Place]) -> None:
    anchored = Anchor.objects.filter(statement__in=plan.statements).values_list("capture", flat=True)
    plan.captures = set(anchored) | {place.pk for place in places if place.model is Capture}
    gone = set(Capture.objects.filter(article__in=plan.articles).values_list("pk", flat=True))
    plan.captures -= gone
    with_text = Capture.objects.filter(pk__in=plan.captures | gone, text__isnull=False)
    plan.texts = set(with_text.values_list("pk", flat=True))


def _plan_contexts(plan: Plan) -> None:
    """Add prefixes and suffixes of other statements that overlap the words."""
    mine = Anchor.objects.filter(statement__in=plan.statements)
    spans: dict[int, list[tuple[int, int]]] = {}
    for capture, start, end in mine.values_list("capture", "start", "end"):
        spans.setdefault(capture, []).append((start, end))
    for anchor, name in contexts_around(spans, excluding=Q(statement__in=plan.statements)):
        plan.clear(Anchor, name, anchor)


def _goes_with_actors(plan: Plan, place: Place) -> bool:
    ids = [actor.pk for actor in plan.actors]
    if place.model is Byline:
        return Byline.objects.filter(pk=place.pk, author__in=ids).exists()
    if place.model is ActorMerge:
        return ActorMerge.objects.filter(merges_of(ids), pk=place.pk).exists()
    return False


def merges_of(actors: Any) -> Q:
    """Select the merges that involve these actors."""
    return Q(survivor__in=actors) | Q(merged__in=actors)


def _sort_places(plan: Plan, places: Iterable[Place]) -> None:
    """Decide for each place: erased with its record, to be cleared, or listed for a person."""
    gone = {(record.record.type, record.uid) for record in plan.records}
    for place in places:
        record_type, uid = root_of(place)
        if (record_type, uid) in gone or _goes_with_actors(plan, place):
            continue
        if place.model._meta.app_label in LOGS or place.field in CLEARED.get(place.model, ()):
            if place.model is not Capture:
                plan.clear(place.model, place.field, place.pk)
        else:
            column = f"{place.model._meta.verbose_name} {place.field.replace('_', ' ')}"
            plan.holders.append(Holder(record_type, uid, column, place.text))
    for record in plan.records:
        entries = LogEntry.objects.filter(
            content_type__app_label=record._meta.app_label,
            content_type__model=record._meta.model_name,
            object_id=str(record.pk),
        )
        for name in ("object_repr", "change_message"):
            plan.clear(LogEntry, name, *entries.values_list("pk", flat=True))
