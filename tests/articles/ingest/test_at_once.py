"""Two runs at once load what one would have; unique keys and locks decide who is first."""

import threading
from typing import Any

import pytest
from django.db import connection

from actors.models import Actor
from articles.ingest.material import read_material
from articles.models import Article, Byline, Capture, Outlet, Statement
from tests.articles.ingest.pages import CHANGED, PAGE, load_text

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*pages: str) -> list[Any]:
    """What becomes of the pages, all loaded at the same moment; how it failed, where it did."""
    start, results = threading.Barrier(len(pages)), []

    def work(page: str) -> None:
        try:
            start.wait()
            results.append(load_text(page).action)
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(page,)) for page in pages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture
def all_looked_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever loads has seen that the page is not there before anyone writes."""
    both = threading.Barrier(4, timeout=30)

    def wait(*args: Any, **options: Any) -> Any:
        both.wait()
        return read_material(*args, **options)

    monkeypatch.setattr("articles.ingest.load.read_material", wait)


def test_of_several_that_load_the_same_page_one_does(all_looked_first: None) -> None:
    assert sorted(map(str, at_once(*[PAGE] * 4))) == ["created", "unchanged", "unchanged", "unchanged"]
    counts = {model: model.objects.count() for model in (Outlet, Article, Capture, Byline, Actor)}
    assert set(counts.values()) == {1}
    assert len(set(Statement.objects.values_list("words_key", flat=True))) == Statement.objects.count()


def test_two_captures_of_an_article_are_of_one(all_looked_first: None) -> None:
    assert sorted(map(str, at_once(PAGE, CHANGED, PAGE, CHANGED))) == [
        *("created", "unchanged", "unchanged", "updated")
    ]
    assert (Article.objects.count(), Capture.objects.count(), Byline.objects.count()) == (1, 2, 1)
    assert len(set(Statement.objects.values_list("words_key", flat=True))) == Statement.objects.count()


def test_an_author_of_two_outlets_is_made_once(all_looked_first: None) -> None:
    pages = [PAGE.replace("The Lindle Observer", f"The {name} Gazette") for name in ("A", "B", "C", "D")]
    assert at_once(*pages) == ["created"] * 4
    assert Actor.objects.get().bylines.count() == 4
