"""Finding actors by what people type, and roles by when they were held."""

import datetime

import pytest

from actors.models import Actor, Role, merge_actors
from tests.factories import ActorFactory, ActorNameFactory, RoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kims(db: None) -> None:
    un = ActorFactory(name="Kim Jong Un", slug="kim-jong-un", wikidata_id="Q56226")
    ActorNameFactory(actor=un, name="Kim Jong-un")
    ActorNameFactory(actor=un, name="김정은")
    ActorFactory(name="Kim Yo-jong", slug="kim-yo-jong")
    ActorFactory(name="Kim Tae-hyo", slug="kim-tae-hyo")
    zelensky = ActorFactory(name="Volodymyr Zelensky", slug="volodymyr-zelensky", wikidata_id="Q3874799")
    for name in ("Volodymyr Zelenskyy", "Zelenskyy", "Володимир Зеленський"):
        ActorNameFactory(actor=zelensky, name=name)
    ActorFactory(name="Élysée", slug="elysee", kind="organisation")
    ActorFactory(name="Kimberly Example", slug="kimberly-example")
    ActorFactory(name="???", slug="unknown")
    ActorFactory(name="Łukasz Żółwik", slug="lukasz-zolwik")
    ActorNameFactory(actor=ActorFactory(name="B. S.", slug="bjorn-sorensen"), name="Bjørn Sorensen")
    ActorFactory(name="李小龙", slug="li-xiao-long")
    ActorFactory(name="General Gazette", slug="general-gazette", kind="organisation")


KIMS = ["kim-jong-un", "kim-tae-hyo", "kim-yo-jong"]


def slugs(actors: object) -> list[str]:
    return sorted(actor.slug for actor in actors)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("kim-jong-un", ["kim-jong-un"]),
        ("Kim-Jong-Un", ["kim-jong-un"]),
        ("Q56226", ["kim-jong-un"]),
        ("q56226", ["kim-jong-un"]),
        ("Kim Jong Un", ["kim-jong-un"]),
        ("  KIM  jong-UN ", ["kim-jong-un"]),
        ("김정은", ["kim-jong-un"]),
        ("kim", KIMS),
        ("jong", ["kim-jong-un", "kim-yo-jong"]),
        ("un kim", ["kim-jong-un"]),
        ("zelenskyy", ["volodymyr-zelensky"]),
        ("ZELENSKY", ["volodymyr-zelensky"]),
        ("зеленський", ["volodymyr-zelensky"]),
        ("elysée", ["elysee"]),
        ("volodymyr", ["volodymyr-zelensky"]),
        # Words of two names of one actor are not words of a name.
        ("volodymyr зеленський", []),
        ("ki", []),
        ("Q1", []),
        ("nobody", []),
        ("Łukasz Żółwik", ["lukasz-zolwik"]),
        ("lukasz zolwik", ["lukasz-zolwik"]),
        ("ZOLWIK", ["lukasz-zolwik"]),
        ("Łukasz", ["lukasz-zolwik"]),
        ("Bjorn Sorensen", ["bjorn-sorensen"]),
        ("Bjørn Sørensen", ["bjorn-sorensen"]),
        ("Dr. Łukasz Żółwik", ["lukasz-zolwik"]),
        ("Sen. Prof Zolwik", ["lukasz-zolwik"]),
        ("president zelensky", ["volodymyr-zelensky"]),
        ("President Nobody", []),
        ("General Gazette", ["general-gazette"]),
        ("general", ["general-gazette"]),
        ("Dr.", []),
        ("李小龙", ["li-xiao-long"]),
        ("li xiao long", ["li-xiao-long"]),
        ("Li Xiaolong", ["li-xiao-long"]),
        ("xiao long", ["li-xiao-long"]),
        ("xia", []),
    ],
)
def test_an_actor_is_found_by_address_name_or_words(kims: None, typed: str, found: list[str]) -> None:
    assert slugs(Actor.objects.found_by(typed)) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Dr. Łukasz Żółwik", ["lukasz-zolwik"]),
        ("Sen. Zolwik", ["lukasz-zolwik"]),
        ("General Gazette", ["general-gazette"]),
        ("Gen. Gazette", ["general-gazette"]),
        ("Prof. Xiao Long", ["li-xiao-long"]),
        ("Dr.", []),
        ("Dr. Nobody", []),
    ],
)
def test_a_search_ignores_the_titles_before_a_name(kims: None, typed: str, found: list[str]) -> None:
    assert slugs(Actor.objects.searched_by(typed)) == found


@pytest.mark.parametrize("typed", ["", " ", "?", "😀", "%", "_", "'", "-", "q", "Q٣", "\x01"])
def test_what_has_no_words_finds_nobody(kims: None, typed: str) -> None:
    for found in (Actor.objects.found_by, Actor.objects.called, Actor.objects.with_words):
        assert slugs(found(typed)) == []


def test_a_wildcard_is_a_character_like_any_other(kims: None) -> None:
    assert not Actor.objects.with_words("k%m").exists()
    assert not Actor.objects.with_words("k_m").exists()


def test_two_actors_may_share_a_name(kims: None) -> None:
    ActorNameFactory(name="Kim Jong-un", actor__slug="a-namesake")
    assert slugs(Actor.objects.found_by("kim jong un")) == ["a-namesake", "kim-jong-un"]
    assert slugs(Actor.objects.found_by("kim-jong-un")) == ["kim-jong-un"]


def test_an_actor_of_several_matching_names_is_found_once(kims: None) -> None:
    ActorNameFactory(actor=Actor.objects.get(slug="kim-jong-un"), name="KIM JONG UN")
    for found in (Actor.objects.found_by, Actor.objects.called, Actor.objects.with_words):
        assert found("Kim Jong Un").count() == 1


def test_a_merged_actor_is_found_in_its_survivor_alone(kims: None) -> None:
    survivor = Actor.objects.get(slug="kim-jong-un")
    merged = ActorFactory(name="Kim the Third", slug="kim-iii", wikidata_id="Q7")
    former = merged.slug
    ActorNameFactory(actor=merged, name="The Third")
    merge_actors(survivor=survivor, merged=merged, reason="The same.", by="ines")
    for typed in (former, "Q7", "Kim the Third", "the third", "iii"):
        assert slugs(Actor.objects.found_by(typed)) in ([survivor.slug], []), typed
    assert slugs(Actor.objects.found_by(former)) == [survivor.slug]
    assert slugs(Actor.objects.found_by("Q7")) == [survivor.slug]
    assert slugs(Actor.objects.found_by("Kim the Third")) == [survivor.slug]
    assert slugs(Actor.objects.with_words("kim")) == KIMS
    assert "kim-iii" not in slugs(Actor.objects.not_merged())


def test_a_renamed_actor_is_found_at_its_former_address(kims: None) -> None:
    Actor.objects.filter(slug="kim-jong-un").update(slug="kim")
    assert slugs(Actor.objects.found_by("kim-jong-un")) == ["kim"]
    # An address comes before words.
    assert slugs(Actor.objects.found_by("kim")) == ["kim"]


def test_finding_is_a_queryset_like_any_other(kims: None) -> None:
    found = Actor.objects.filter(kind="person").found_by("kim").exclude(slug="kim-tae-hyo")
    assert slugs(found.order_by("-slug")[:5]) == ["kim-jong-un", "kim-yo-jong"]
    assert found.count() == 2
    assert not Actor.objects.filter(kind="organisation").found_by("kim").exists()


DAY = datetime.date(2024, 10, 23)


@pytest.mark.parametrize(
    ("started", "started_precision", "ended", "ended_precision", "held"),
    [
        (None, "", None, "", True),
        ((2024, 10, 23), "day", None, "", True),
        ((2024, 10, 24), "day", None, "", False),
        ((2024, 10, 1), "month", None, "", True),
        ((2024, 11, 1), "month", None, "", False),
        ((2024, 1, 1), "year", None, "", True),
        ((2025, 1, 1), "year", None, "", False),
        (None, "", (2024, 10, 23), "day", True),
        (None, "", (2024, 10, 22), "day", False),
        (None, "", (2024, 10, 1), "month", True),
        (None, "", (2024, 9, 1), "month", False),
        (None, "", (2024, 1, 1), "year", True),
        (None, "", (2023, 1, 1), "year", False),
        ((2024, 1, 1), "year", (2024, 1, 1), "year", True),
        ((2020, 5, 1), "month", (2022, 1, 1), "year", False),
    ],
)
def test_a_role_may_have_been_held_on_a_day(
    started: tuple[int, int, int] | None,
    started_precision: str,
    ended: tuple[int, int, int] | None,
    ended_precision: str,
    held: bool,
) -> None:
    RoleFactory(
        started_on=started and datetime.date(*started),
        started_precision=started_precision,
        ended_on=ended and datetime.date(*ended),
        ended_precision=ended_precision,
    )
    assert Role.objects.on(DAY).exists() == held


def test_a_role_may_have_been_held_for_some_of_a_time() -> None:
    RoleFactory(started_on=DAY, started_precision="day", ended_on=DAY, ended_precision="day")
    for first, last, held in [(-1, 1, True), (0, 0, True), (-2, -1, False), (1, 2, False), (-1, 0, True)]:
        first_day, last_day = (DAY + datetime.timedelta(days) for days in (first, last))
        assert Role.objects.during(first_day, last_day).exists() == held


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("zelensky impact", ["volodymyr-zelensky"]),
        ("What Zelenskyy said", ["volodymyr-zelensky"]),
        ("kim", KIMS),
        ("the gazette", []),
        ("in the General Gazette today", ["general-gazette"]),
        ("B S", []),
        ("said B S today", ["bjorn-sorensen"]),
        ("un", []),
        ("???", []),
    ],
)
def test_a_text_names_a_person_by_any_word_and_an_organisation_by_its_whole_name(
    kims: None, text: str, found: list[str]
) -> None:
    assert slugs(Actor.objects.named_in(text)) == found
    assert slugs(Actor.objects.filter(kind="organisation").named_in(text)) == [
        slug for slug in found if slug == "general-gazette"
    ]


def test_a_text_names_an_actor_that_was_merged_no_more(kims: None) -> None:
    kimberly, un = (Actor.objects.get(slug=slug) for slug in ("kimberly-example", "kim-jong-un"))
    merge_actors(survivor=un, merged=kimberly, reason="One person.", by="ines")
    assert slugs(Actor.objects.named_in("Kimberly")) == ["kim-jong-un"]


def test_a_text_names_an_organisation_by_the_whole_of_any_name(kims: None) -> None:
    ActorNameFactory(actor=Actor.objects.get(slug="general-gazette"), name="The Morning Sheet")
    assert slugs(Actor.objects.named_in("this morning")) == []
    assert slugs(Actor.objects.named_in("read in the morning sheet")) == ["general-gazette"]
