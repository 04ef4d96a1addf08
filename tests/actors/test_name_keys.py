"""Names of people have keys without letters that not all newspapers print, and addresses that can be read."""

import doctest

import pytest

from articles.services.actors import create_actor
from newsdb import text
from newsdb.text import fold, fold_name


def test_its_examples_hold() -> None:
    assert doctest.testmod(text).failed == 0


@pytest.mark.parametrize(
    ("printed", "also"),
    [
        ("Łukasz", "Lukasz"),
        ("Søren", "Soren"),
        ("Đurić", "Duric"),
        ("Guðrún", "Gudrun"),
        ("Işıl Yıldız", "Isil Yildiz"),
        ("Æsa Œdipe", "Aesa Oedipe"),
        ("Þóra", "Thora"),
        ("İNCİ ĦAL", "inci hal"),
        ("Groß", "Gross"),
    ],
)
def test_both_spellings_have_one_key(printed: str, also: str) -> None:
    assert fold_name(printed) == fold_name(printed.upper()) == fold_name(also) == fold(also)


@pytest.mark.parametrize(("one", "other"), [("李明", "黎明"), ("Иван", "Ivan"), ("김정은", "Gim Jeongeun")])
def test_other_scripts_keep_their_letters(one: str, other: str) -> None:
    assert fold_name(one) == fold(one) != fold_name(other)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Łukasz Żółwik", "lukasz-zolwik"),
        ("李小龙", "li-xiao-long"),
        ("김정은", "gim-jeong-eun"),
        ("ブラッド・ピット", "buratdo-pitto"),
        ("Владимир Зеленский", "vladimir-zelenskiy"),
        ("Þórður O’Malley", "thordur-omalley"),
        ("Zoë Halvarsen-Pike", "zoe-halvarsen-pike"),
        ("???", "actor"),
    ],
)
def test_an_address_can_be_read(name: str, slug: str) -> None:
    assert create_actor(name).slug == slug
    assert create_actor(name).slug == f"{slug}-2"
