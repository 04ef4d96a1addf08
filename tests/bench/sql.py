"""The SQL that answers a request, written by hand: for PostgreSQL, which is the limit, and for Datasette.

The page is found first, by the indexes that there are, and joined then.
"""

from dataclasses import dataclass

from articles.search.index import ID_BITS
from tests.bench.asks import Ask
from tests.bench.options import LIMIT

_FACTS = (
    *("uid", "kind", "text", "speaker_label", "cue", "audience", "language", "translated", "date"),
    *("date_precision", "date_basis", "said_on_source_url", "text_match", "text_checked_at", "attributed_by"),
    *("extractor", "extractor_version", "confidence", "reviewed", "status", "updated_at"),
)

_PAGE = """
SELECT s.id, {facts},
  p.slug AS speaker_slug, p.name AS speaker_name, p.kind AS speaker_kind, p.wikidata_id,
  a.id AS article_id, a.headline, a.source_url, a.published_on, a.published_precision,
  o.slug AS outlet_slug, o.name AS outlet_name, c.sha256, c.text_sha256, c.source_url AS capture_source_url,
  {anchors} AS anchors
FROM ({found}) s
JOIN articles_article a ON a.id = s.article_id
JOIN articles_outlet o ON o.id = a.outlet_id
LEFT JOIN articles_capture c ON c.id = s.capture_id
LEFT JOIN actors_actor p ON p.id = s.speaker_id
ORDER BY s.sort_date DESC, s.id DESC"""

_COUNTS = """
SELECT o.slug AS key, o.name, n.count FROM (
  SELECT outlet_id, count(*) AS count FROM articles_statement s WHERE {where} GROUP BY outlet_id
  ORDER BY 2 DESC, 1 LIMIT 100) n
JOIN articles_outlet o ON o.id = n.outlet_id ORDER BY n.count DESC, o.slug"""


@dataclass(frozen=True)
class Dialect:
    """How a store says it. ``position`` and ``id`` stand for what differs from request to request."""

    anchors: str
    position: str
    id: str
    vendor: str


POSTGRESQL = Dialect(
    "(SELECT json_agg(json_build_object('exact', x.exact, 'prefix', x.prefix, 'suffix', x.suffix,"
    " 'start', x.start, 'end', x.\"end\") ORDER BY x.position)"
    " FROM articles_anchor x WHERE x.statement_id = s.id AND x.capture_id = s.capture_id)",
    "(date '2015-01-01' + CAST(:day AS integer), :id)",
    ":id",
    "postgresql",
)
SQLITE = Dialect(
    "(SELECT json_group_array(json_object('exact', x.exact, 'prefix', x.prefix, 'suffix', x.suffix,"
    " 'start', x.start, 'end', x.\"end\")) FROM (SELECT * FROM articles_anchor x"
    " WHERE x.statement_id = s.id AND x.capture_id = s.capture_id ORDER BY x.position) x)",
    "(:day, CAST(:id AS INTEGER))",
    "CAST(:id AS INTEGER)",
    "sqlite",
)


def sql_of(ask: Ask, dialect: Dialect) -> str:
    """One SELECT, on one line."""
    if ask.by:
        sql = _COUNTS.format(where=" AND ".join(_conditions(ask, dialect)))
    else:
        facts = ", ".join(f"s.{name}" for name in _FACTS)
        sql = _PAGE.format(facts=facts, anchors=dialect.anchors, found=_found(ask, dialect))
    return " ".join(sql.split())


def _found(ask: Ask, dialect: Dialect) -> str:
    """The rows of the page, in its order where the index gives it."""
    page = f"ORDER BY s.sort_date DESC, s.id DESC LIMIT {LIMIT}"
    where = " AND ".join(_conditions(ask, dialect))
    if ask.words and dialect.vendor == "sqlite":
        return (
            "SELECT s.* FROM articles_statement_search f"
            f" CROSS JOIN articles_statement s ON s.id = f.rowid & {2**ID_BITS - 1}"
            f" WHERE f.tokens MATCH '{ask.words}' AND {where} ORDER BY f.rowid DESC LIMIT {LIMIT}"
        )
    if len(ask.speakers) > 1:
        # One limited look into the index for each keeps the order; IN would have to sort all their rows.
        each = (
            f"SELECT * FROM ("
            f"SELECT s.* FROM articles_statement s WHERE {where} AND s.speaker_id = {speaker.id} {page}) s"
            for speaker in ask.speakers
        )
        return f"SELECT s.* FROM ({' UNION ALL '.join(each)}) s {page}"
    return f"SELECT s.* FROM articles_statement s WHERE {where} {page}"


def _conditions(ask: Ask, dialect: Dialect) -> list[str]:
    conditions = ["s.status = 'published'"]
    if len(ask.speakers) == 1:
        conditions.append(f"s.speaker_id = {ask.speakers[0].id}")
    if ask.outlet:
        conditions.append(f"s.outlet_id = {ask.outlet.id}")
    if ask.after:
        conditions.append(f"s.sort_date >= '{ask.after}'")
    if ask.before:
        conditions.append(f"s.sort_date <= '{ask.before}'")
    if ask.words and dialect.vendor == "postgresql":
        conditions.append(f"s.tokens @@ '{ask.words}'::tsquery")
    if ask.positions:
        conditions.append(f"(s.sort_date, s.id) < {dialect.position}")
    if ask.ids:
        conditions.append(f"s.id = {dialect.id}")
    return conditions
