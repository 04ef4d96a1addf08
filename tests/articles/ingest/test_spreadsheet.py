"""manage.py import_statements: a spreadsheet's rows."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from actors.models import Actor
from articles.models import Article, Outlet, Statement
from articles.services.retraction import retract_statement
from newsdb.models import Change
from tests.factories import ActorFactory, ArticleFactory, CaptureFactory, OutletFactory

pytestmark = pytest.mark.django_db

HEAD = "Text,Speaker,Said on,Outlet,Headline,Address"
ROWS = (
    '"“The ferry runs again,” she said, “from Sunday.”",Ada Pier,2024-10,Gazette,Ferry'
    " runs,https://gazette.example/1",
    "The dock stays,Ada Pier,,Gazette,Dock stays,",
    "We were not asked,,2024-10-23,Gazette,Ferry runs,https://gazette.example/1",
)


@pytest.fixture
def importing(tmp_path: Path, capsys: Any) -> Any:
    """Imports rows, and gives the lines it prints."""

    def run(*rows: str, head: str = HEAD, encoding: str = "utf-8-sig", **options: Any) -> list[str]:
        file = tmp_path / "statements.csv"
        file.write_bytes("\r\n".join([head, *rows, ""]).encode(encoding))
        call_command("import_statements", str(file), **options)
        return capsys.readouterr().out.splitlines()

    return run


def refusals(importing: Any, capsys: Any, *rows: str, **options: Any) -> list[str]:
    with pytest.raises(CommandError) as error:
        importing(*rows, **options)
    return [*capsys.readouterr().err.splitlines(), str(error.value)]


def test_rows_become_statements(importing: Any) -> None:
    assert importing(*ROWS)[-1] == "3 statements created, 0 unchanged."
    first, second, third = Statement.objects.public().order_by("pk")
    assert (first.text, first.kind) == ("The ferry runs again […] from Sunday.", "direct")
    assert (first.date and first.date.isoformat(), first.date_precision) == ("2024-10-01", "month")
    assert (str(first.speaker), first.speaker_label) == ("Ada Pier", "Ada Pier")
    assert (first.article.headline, first.article.source_url) == ("Ferry runs", "https://gazette.example/1")
    assert (second.speaker, second.date, second.article.source_url) == (first.speaker, None, "")
    assert (third.article, third.speaker) == (first.article, None)
    assert Outlet.objects.get() == first.article.outlet
    connection.check_constraints()
    assert set(Change.objects.values_list("reason", flat=True)) == {"Imported from a spreadsheet."}


def test_a_second_run_changes_nothing(importing: Any) -> None:
    importing(*ROWS)
    connection.check_constraints()
    before = Change.objects.count()
    assert importing(*ROWS) == ["0 statements created, 3 unchanged."]
    connection.check_constraints()
    assert Change.objects.count() == before


def test_a_dry_run_shows_what_would_come_about(importing: Any) -> None:
    ActorFactory(name="Ada Pier")
    assert importing(*ROWS[:2], dry_run=True) == [
        "line 2: new outlet Gazette",
        "line 2: new article Ferry runs",
        "line 2: Ada Pier: “The ferry runs again […] from Sunday.”",
        "line 3: new article Dock stays",
        "line 3: Ada Pier: “The dock stays”",
        "2 statements would be created, 0 unchanged.",
    ]
    assert [model.objects.count() for model in (Statement, Article, Outlet)] == [0, 0, 0]


def test_what_is_there_is_used(importing: Any) -> None:
    ada = ActorFactory(name="Ada Pier", slug="ada")
    outlet = OutletFactory(name="The Gazette", slug="gazette")
    article = ArticleFactory(outlet=outlet, headline="Ferry runs", source_url="https://gazette.example/1")
    CaptureFactory(article=article, words="“The ferry runs again,” said Ada Pier.")
    importing('"The ferry runs again",ada,,,,http://www.gazette.example/1?utm_source=x')
    statement = Statement.objects.get()
    assert (statement.article, statement.speaker, statement.text_match) == (article, ada, "matched")
    assert statement.speaker_label == ""
    assert (Actor.objects.count(), Article.objects.count(), Outlet.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",Ada Pier,,Gazette,Ferry,", "text: it is empty."),
        ("“Yes” was all,Ada Pier,,Gazette,Ferry,", "text: give the quoted words only"),
        ("The dock,Ada Pier,2024-02-30,Gazette,Ferry,", "said on: There is no such date as 2024-02-30."),
        ("The dock,Ada Pier,23/10/2024,Gazette,Ferry,", "said on: Write a date as 2024-10-23"),
        ("The dock,Kim,,Gazette,Ferry,", "speaker: Kim may mean kim-quay; give the slug"),
        ("The dock,Ada Pier,,Gazette,,", "headline: This field cannot be blank."),
        ("The dock,Ada Pier,,Gazette,Ferry,ftp://x/", "address: An address begins with http://"),
        ("The dock,Ada Pier,,,Ferry,", "The page does not name its outlet"),
    ],
)
def test_a_row_that_is_wrong_is_named_and_nothing_is_imported(
    importing: Any, capsys: Any, row: str, reason: str
) -> None:
    ActorFactory(name="Kim Quay", slug="kim-quay")
    first, last = refusals(importing, capsys, ROWS[0], row, ROWS[1])
    assert first.startswith(f"line 3: {reason}")
    assert last == "1 row is wrong, see above; nothing was imported."
    assert not Statement.objects.exists()


def test_words_that_the_captured_text_does_not_have_are_refused(importing: Any, capsys: Any) -> None:
    article = ArticleFactory(source_url="https://gazette.example/1")
    CaptureFactory(article=article, words="“The ferry runs again,” said Ada Pier.")
    said = refusals(importing, capsys, "The ferry sank,Ada Pier,,,,https://gazette.example/1")
    assert said[0].startswith("line 2: text: ")


@pytest.mark.parametrize(
    ("head", "encoding", "reason"),
    [
        ("Text,Speaker", "utf-8", "its first line must name the columns text, speaker"),
        (f"{HEAD},Mood", "utf-8", "its first line must name the columns text, speaker"),
        (f"{HEAD},text", "utf-8", "its first line must name the columns text, speaker"),
        (HEAD, "utf-16", "it is not text in UTF-8"),
    ],
)
def test_what_is_no_spreadsheet_is_refused(
    importing: Any, capsys: Any, head: str, encoding: str, reason: str
) -> None:
    (said,) = refusals(importing, capsys, *ROWS, head=head, encoding=encoding)
    assert reason in said


CHECKED = f"{HEAD},Claim review,Claim review publisher,Claim review rating,Claim_review_date"


def checked(number: int, rest: str) -> str:
    return f"{ROWS[1]},https://checks.example/{number},{rest}"


def test_rows_link_published_checks(importing: Any) -> None:
    rows = [checked(1, "Example Checks,Mostly true,2024-10"), checked(2, "More Checks,,"), f"{ROWS[2]},,,,"]
    said = importing(*rows, head=CHECKED)
    assert "line 3: new claim review More Checks: https://checks.example/2" in said
    assert said[-1] == "2 statements created, 1 unchanged."
    reviewed = Statement.objects.get(claim_reviews__publisher="Example Checks")
    first, second = reviewed.claim_reviews.all()
    assert (first.rating, first.published_on.isoformat(), first.published_precision) == (
        "Mostly true",
        "2024-10-01",
        "month",
    )
    assert (second.publisher, second.rating, second.published_on) == ("More Checks", "", None)
    assert importing(*rows, head=CHECKED) == ["0 statements created, 3 unchanged."]


def test_a_retracted_statement_gets_no_link(importing: Any) -> None:
    importing(ROWS[1])
    retract_statement(statement=Statement.objects.get(), reason="Not hers.", by="ines")
    importing(checked(1, "Example Checks,,"), head=CHECKED)
    assert not Statement.objects.get().claim_reviews.exists()


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (",Example Checks,,", "claim review: "),
        ("https://checks.example/1,,False,", "claim review publisher: "),
        ("ftp://x/,Example Checks,,", "claim review: An address begins with http://"),
        ("https://checks.example/1,Example Checks,,May", "claim review date: Write a date as 2024-10-23"),
    ],
)
def test_a_link_that_is_wrong_is_refused_by_its_column(
    importing: Any, capsys: Any, cells: str, reason: str
) -> None:
    said = refusals(importing, capsys, f"{ROWS[1]},{cells}", head=CHECKED)
    assert said[0].startswith(f"line 2: {reason}")
    assert not Statement.objects.exists()


def test_semicolons_and_lines_within_cells(importing: Any) -> None:
    head = HEAD.replace(",", ";").replace("Said on", "said_on") + ";Kind"
    rows = '"We were\nasked";Ada Pier;2024;Gazette;Ferry;;indirect', "runs;Ada Pier;;Gazette;Ferry;;partial"
    importing(*rows, head=head)
    assert [(each.text, each.kind) for each in Statement.objects.order_by("pk")] == [
        ("We were\nasked", "indirect"),
        ("runs", "partial"),
    ]
    assert "line 4" in " ".join(importing(*rows[:1], rows[1].replace("runs", "waits"), head=head))
