"""Bylines as outlets of many countries write them."""

from __future__ import annotations

import pytest

from articles.reading.html.bylines import split_byline


def names(printed: str) -> list[str]:
    return [author.name for author in split_byline(printed)]


@pytest.mark.parametrize(
    "printed",
    [
        "By Ada Example",
        "Written by Ada Example",
        "Submitted by Ada Example on 11 March 2025",
        "Reporting by Ada Example; Editing by Odo Brannick",
        "Story by Ada Example, photos by Odo Brannick",
        "Words by Ada Example Photographs by Odo Brannick",
        "Ada Example (text) and Odo Brannick (photos)",
        "Von Ada Example (Text) und Odo Brannick (Fotos)",
        "Text: Ada Example Foto: Odo Brannick",
        "Teksti Ada Example, kuvat Odo Brannick",
        "Penulis: Ada Example, Editor: Odo Brannick",
        "Ein Kommentar von Ada Example",
        "Propos recueillis par Ada Example",
        "Por Ada Example",
        "di Ada Example",
        "dal nostro inviato Ada Example",
        "Door Ada Example",
        "Skrevet af Ada Example",
        "Av Ada Example",
        "Autor: Ada Example",
        "Opracowanie: Ada Example",
        "Yazar: Ada Example",
        "Автор: Ada Example",
        "Oleh: Ada Example",
        "Írta: Ada Example",
        "About the author Ada Example",
        "By Ada Example ada@observer.example",
        "By Ada Example @ada",
        "By Ada Example March 11, 2025",
        "Di Ada Example - 11 Marzo 2025",
        "By Ada Example Published March 11, 2025 6:00 am",
        "By Ada Example Updated 3 hours ago",
        "Ada Example / Lindle",
        "Ada Example - The Lindle Observer",
        "Ada Example (à Lindle)",
        "Ada Example in Lindle",
        "Ada Example, For The Observer",
        "Ada Example, Redakteurin",
        "Ada Example, envoyée spéciale à Lindle",
    ],
)
def test_the_author_is_found_among_labels_credits_places_and_dates(printed: str) -> None:
    assert names(printed) == ["Ada Example"]


@pytest.mark.parametrize(
    "printed",
    [
        "Ada Example & Odo Brannick",
        "Ada Example; Odo Brannick",
        "Ada Example in Lindle and Odo Brannick in Tarn",
        "Ada Example et Odo Brannick",
        "Ada Example y Odo Brannick",
        "Ada Example e Odo Brannick, g1 Lindle",
        "Ada Example en Odo Brannick",
        "Ada Example i Odo Brannick",
        "Ada Example a Odo Brannick",
        "Ada Example ve Odo Brannick",
        "Ada Example и Odo Brannick",
        "Ada Example dan Odo Brannick",
        "Ada Example、Odo Brannick",
    ],
)
def test_two_authors_are_told_apart_in_many_languages(printed: str) -> None:
    assert names(printed) == ["Ada Example", "Odo Brannick"]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Ada Example/dpa", ["Ada Example", "dpa"]),
        ("dpa/Ada Example", ["dpa", "Ada Example"]),
        ("Ada Example (Reuters)", ["Ada Example", "Reuters"]),
        ("Ada Example avec AFP", ["Ada Example", "AFP"]),
        ("By Ada Example and The Associated Press", ["Ada Example", "The Associated Press"]),
        ("Ada Example, ČTK", ["Ada Example", "ČTK"]),
        ("ex/dpa", []),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("Ortega y Gasset Ruiz", ["Ortega y Gasset Ruiz"]),
        ("ADA VAN DER EXAMPLE", ["Ada van der Example"]),
        ("Ada van der Example en Piet de Vries", ["Ada van der Example", "Piet de Vries"]),
        ("Di Stefano", ["Di Stefano"]),
        ("文／田中太郎", ["田中太郎"]),
        ("【田中太郎】", ["田中太郎"]),
        ("记者 王小明", ["王小明"]),
        ("王小明、李芳", ["王小明", "李芳"]),
        ("김철수·이영희 기자", ["김철수", "이영희"]),
        ("김철수 기자 chul@observer.example", ["김철수"]),
        ("بقلم: أحمد حسن", ["أحمد حسن"]),
        ("Observer.example/ada", []),
        ("Super User", []),
        ("Aus Lindle berichtet Ada Example", []),
    ],
)
def test_agencies_particles_and_names_without_spaces(printed: str, expected: list[str]) -> None:
    assert names(printed) == expected
