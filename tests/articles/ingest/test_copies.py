"""The same piece in another outlet is proposed as such, and stays an article of its own."""

import pytest

from articles.ingest.copies import MAX_REPEATED, fingerprints
from articles.models import Article, Fingerprint, Syndication
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


def test_what_an_outlet_prints_on_every_page_does_not_count() -> None:
    every_page = (
        "Sign up here for our letter, which brings you the news of the shore at noon.\n"
        "The Shoreline Gazette is read in eleven villages, and printed in none of them.\n"
    )
    head, _, _ = GAZETTE.partition("The old bell")
    for number in range(MAX_REPEATED + 2):
        day, headline = f"April {number + 1}, 2025", f"Notice {number}"
        own = f"Notice number {number} of this spring is short, and nobody else will ever print it again.\n"
        load_text(
            head.replace("March 14, 2025", day).replace("The bell of Lindle Water is back", headline)
            + own
            + every_page
        )
    repeated = Fingerprint.objects.filter(digest__in=fingerprints(every_page.splitlines()))
    assert repeated.count() == 2 * MAX_REPEATED
    assert Fingerprint.objects.count() == 2 * MAX_REPEATED + MAX_REPEATED + 2
    load_text(PAGE + every_page)
    assert not Syndication.objects.exists()


def test_typography_does_not_count_and_short_paragraphs_neither() -> None:
    long = "“We looked for it in every shed of the county,” he said."
    assert fingerprints([long]) == fingerprints([long.upper().replace("“", '"')])
    assert len(fingerprints([long, "He said so."])) == 1
    assert all(-(2**63) <= digest < 2**63 for digest in fingerprints([long + str(n) for n in range(99)]))
