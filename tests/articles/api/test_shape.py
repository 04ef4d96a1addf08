"""A part of each record, and how many there are."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from articles.api import counting
from articles.models import Outlet, Statement
from newsdb.api.endpoints import lists
from newsdb.models import Change
from tests.factories import RelatedLinkFactory, StatementFactory, anchored_statement

pytestmark = pytest.mark.django_db

LIST = "/api/v1/statements/"


def error(query: str) -> tuple[int, str, str]:
    answer = APIClient().get(f"{LIST}?{query}")
    first = answer.json()["errors"][0]
    return answer.status_code, first["parameter"], first["code"]


def test_fields_prunes_the_sql_as_well_as_the_answer() -> None:
    statement = anchored_statement("Some words")
    with CaptureQueriesContext(connection) as queries:
        answer = APIClient().get(f"{LIST}?fields=text,id")
    assert answer.json()["results"] == [{"id": statement.pk, "text": "Some words"}]
    assert len(queries) == 3  # the version, the rows, and their documents
    assert not [each for each in queries if "actors_actor" in each["sql"] or "speaker_label" in each["sql"]]


def test_omit_leaves_the_rest() -> None:
    anchored_statement("Some words")
    client = APIClient()
    (whole,) = client.get(LIST).json()["results"]
    (part,) = client.get(f"{LIST}?omit=anchors,speaker").json()["results"]
    assert part == {name: value for name, value in whole.items() if name not in ("anchors", "speaker")}


def test_a_dot_leads_into_an_object() -> None:
    statement = anchored_statement("Some words")
    client = APIClient()
    with CaptureQueriesContext(connection) as queries:
        (part,) = client.get(f"{LIST}?fields=speaker.name,article.outlet.slug,text").json()["results"]
    assert part == {
        "text": "Some words",
        "speaker": {"name": statement.speaker.name},
        "article": {"outlet": {"slug": statement.outlet.slug}},
    }
    assert not [each for each in queries if "headline" in each["sql"] or "wikidata_id" in each["sql"]]
    (whole,) = client.get(LIST).json()["results"]
    (part,) = client.get(f"{LIST}?omit=speaker.name,article").json()["results"]
    assert part["speaker"] == {n: value for n, value in whole["speaker"].items() if n != "name"}
    assert "article" not in part
    (part,) = client.get(f"{LIST}?fields=speaker,text&omit=speaker.name").json()["results"]
    assert set(part) == {"speaker", "text"}
    assert "name" not in part["speaker"]


def test_columns_come_in_the_order_asked_for() -> None:
    statement = anchored_statement("Some words")
    path = f"{LIST}export/?format=csv&fields=text,speaker.name,kind,text"
    lines = APIClient().get(path).getvalue().decode().split("\r\n")
    assert lines == ["text,speaker.name,kind", f"Some words,{statement.speaker.name},direct", ""]


def test_a_file_for_a_spreadsheet_says_its_encoding_and_its_name() -> None:
    anchored_statement("Zoë’s words")
    path = f"{LIST}export/?format=csv&fields=text"
    exact, safe = APIClient().get(path), APIClient().get(f"{path}&spreadsheet=safe")
    assert exact["Content-Disposition"] == 'attachment; filename="statements.csv"'
    assert exact.getvalue() == "text\r\nZoë’s words\r\n".encode()
    assert safe.getvalue() == "\ufefftext\r\nZoë’s words\r\n".encode()
    for name in ("related-links", "speakers", "authors"):
        other = APIClient().get(f"/api/v1/{name}/export/")
        assert other["Content-Disposition"] == f'attachment; filename="{name}.jsonl"'


def test_a_detail_can_be_had_in_part() -> None:
    statement = anchored_statement("Some words")
    answer = APIClient().get(f"{LIST}{statement.uid}/?fields=speaker_roles,kind")
    assert answer.json() == {"kind": "direct", "speaker_roles": []}


def test_pages_of_parts_follow_each_other() -> None:
    statements = [StatementFactory() for _ in range(3)]
    client, address, seen = APIClient(), f"{LIST}?fields=text&limit=1", []
    while address:
        page = client.get(address).json()
        seen += [row["text"] for row in page["results"]]
        address = page["next"]
    assert seen == [statement.text for statement in reversed(statements)]


def test_unknown_members_and_nothing_left_are_refused() -> None:
    assert error("fields=id,words") == (400, "fields", "invalid")
    assert error("omit=id,") == (400, "omit", "invalid")
    assert error("fields=id&omit=id") == (400, "omit", "conflict")
    assert error("fields=id&fields=text") == (400, "fields", "repeated")


def test_count_counts_under_the_filters() -> None:
    StatementFactory(kind="partial")
    StatementFactory.create_batch(2)
    StatementFactory(status="proposed")
    client = APIClient()
    for query, count in (("", 3), ("&kind=partial", 1), ("&kind=indirect", 0), ("&limit=1&fields=id", 3)):
        page = client.get(f"{LIST}?count=on{query}").json()
        assert (page["count"], page["count_is_exact"]) == (count, True), query
        assert page.keys() - {"count", "count_is_exact"} == client.get(LIST).json().keys()


def test_every_page_has_the_count() -> None:
    made = StatementFactory.create_batch(3)
    address, found = f"{LIST}?count=on&limit=2&fields=id", []
    while address:
        page = APIClient().get(address).json()
        assert page["count"] == 3
        found += [row["id"] for row in page["results"]]
        address = page["next"]
    assert found == [statement.pk for statement in reversed(made)]


def test_a_cursor_goes_with_a_count_or_without() -> None:
    StatementFactory.create_batch(2)
    address = APIClient().get(f"{LIST}?limit=1").json()["next"]
    assert APIClient().get(f"{address}&count=on").json()["count"] == 2


@pytest.mark.parametrize("path", ["articles", "actors", "speakers", "outlets", "related-links", "changes"])
def test_every_list_can_be_counted(path: str) -> None:
    RelatedLinkFactory(related_list__article=StatementFactory().article)
    connection.check_constraints()
    page = APIClient().get(f"/api/v1/{path}/?count=on").json()
    assert (page["count"], page["count_is_exact"]) == (len(page["results"]), True)
    assert page["count"] > 0


def test_of_many_so_many_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    StatementFactory.create_batch(3)
    for counted, exact in ((2, False), (3, True)):
        monkeypatch.setattr(lists, "MOST_COUNTED", counted if not exact else 4)
        monkeypatch.setattr(counting, "NEWEST", counted if not exact else 4)
        for query in ("articles/?outlet=", "statements/?kind=direct&outlet="):
            outlets = "&outlet=".join(Outlet.objects.values_list("slug", flat=True))
            page = APIClient().get(f"/api/v1/{query}{outlets}&count=on").json()
            assert (page["count"], page["count_is_exact"]) == (counted, exact), query
    monkeypatch.setattr(counting, "NEWEST", 2)
    for query in ("", "?speaker=" + Statement.objects.latest("id").speaker.slug):  # an index has these
        page = APIClient().get(f"{LIST}{query}{'&' if query else '?'}count=on").json()
        assert (page["count"], page["count_is_exact"]) == (1 if query else 3, True)


def test_updated_after_is_a_moment() -> None:
    old, new = StatementFactory(), StatementFactory()
    connection.check_constraints()  # where the ledger is numbered at commit, as at this
    moment = datetime(2020, 1, 1, tzinfo=UTC).isoformat()
    client = APIClient()
    assert len(client.get(LIST, {"updated_after": moment}).json()["results"]) == 2
    last = Statement.objects.order_by("updated_at").last()
    assert last is not None
    after = client.get(LIST, {"updated_after": last.updated_at.isoformat()}).json()
    assert after["results"] == []
    assert {change.uid for change in Change.objects.filter(record_type="statement")} == {old.uid, new.uid}


@pytest.mark.parametrize(
    "moment",
    ["2024", "2024-10-23", "2024-10-23T12:00:00", "0001-01-01T00:00:00Z", "2024-13-01T00:00:00Z"],
)
def test_a_moment_without_a_zone_or_out_of_range_is_refused(moment: str) -> None:
    assert error(f"updated_after={moment}")[:2] == (400, "updated_after")


def test_a_plus_sign_in_a_query_is_a_space_and_still_meant() -> None:
    assert APIClient().get(f"{LIST}?updated_after=2024-10-23T12:00:00+02:00").status_code == 200
    # No place on Earth has it, and PostgreSQL would not read it.
    assert APIClient().get(f"{LIST}?updated_after=1371-01-16T06:00:14-17:17").status_code == 200
