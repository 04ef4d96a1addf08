"""The same piece in another outlet is proposed as such, and stays an article of its own."""

import pytest

from articles.ingest.copies import fingerprints
from articles.models import Article, Syndication
from tests.articles.ingest.pages import CHANGED, PAGE, load_text

pytestmark = pytest.mark.django_db

GAZETTE = PAGE.replace("The Lindle Observer", "The Shoreline Gazette")


def test_the_same_piece_elsewhere_is_proposed() -> None:
    first = load_text(PAGE).article
    second = load_text(GAZETTE).article
    proposed = Syndication.objects.get()
    assert (proposed.article, proposed.other, proposed.shared) == (second, first, 1.0)
    assert str(proposed).endswith("also stands at The Lindle Observer")
    assert Article.objects.count() == 2


def test_nearly_the_same_will_do_and_is_proposed_once() -> None:
    load_text(PAGE)
    load_text(CHANGED)
    load_text(GAZETTE)
    load_text(GAZETTE + "One more paragraph at the end, of a length at which it counts for something.\n")
    assert Syndication.objects.count() == 1


def test_the_same_outlet_does_not_syndicate_itself() -> None:
    load_text(PAGE)
    load_text(CHANGED.replace("March 14", "March 21"))
    assert not Syndication.objects.exists()


def test_a_shared_paragraph_is_not_enough() -> None:
    load_text(PAGE)
    head, _, body = GAZETTE.partition("The old bell")
    own = "".join(
        f"Paragraph {word} of a piece that has next to nothing in common with it.\n" for word in "abcd"
    )
    load_text(head + "The old bell" + body.partition("\n")[0] + "\n" + own)
    assert not Syndication.objects.exists()


def test_typography_does_not_count_and_short_paragraphs_neither() -> None:
    long = "“We looked for it in every shed of the county,” he said."
    assert fingerprints([long]) == fingerprints([long.upper().replace("“", '"')])
    assert len(fingerprints([long, "He said so."])) == 1
    assert all(-(2**63) <= digest < 2**63 for digest in fingerprints([long + str(n) for n in range(99)]))
