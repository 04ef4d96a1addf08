"""Results cached for one version of the dataset, and for no other."""

from threading import Thread

import pytest
from django.db import connection, transaction

from articles.models import Outlet
from newsdb.models.version_cache import cached_per_version
from tests.factories import OutletFactory

pytestmark = pytest.mark.django_db(transaction=True)


class Calls(list[str]):
    """How often the names of all outlets were asked for, and what came of it."""

    def __call__(self, prefix: str = "") -> tuple[str, ...]:
        names = Outlet.objects.filter(name__startswith=prefix).order_by("name").values_list("name", flat=True)
        self.append(prefix)
        return tuple(names)


def test_an_answer_is_found_once_for_each_question_and_version() -> None:
    calls = Calls()
    names = cached_per_version(4)(lambda prefix: calls(prefix))
    OutletFactory(name="Gazette")
    assert [names("G"), names("H"), names("G")] == [("Gazette",), (), ("Gazette",)]
    assert calls == ["G", "H"]
    OutletFactory(name="Herald")
    assert [names("G"), names("H")] == [("Gazette",), ("Herald",)]


def test_what_others_write_is_seen_at_once() -> None:
    names = cached_per_version(1)(lambda: Calls()())

    def write() -> None:
        try:
            Outlet.objects.update(name="Herald")
        finally:
            connection.close()

    OutletFactory(name="Gazette")
    assert names() == ("Gazette",)
    thread = Thread(target=write)
    thread.start()
    thread.join()
    assert names() == ("Herald",)


def test_nothing_is_cached_of_what_is_rolled_back() -> None:
    names = cached_per_version(1)(lambda: Calls()())
    OutletFactory(name="Gazette")
    for name in ("Herald", "Observer"):  # whose changes may have the same number
        with transaction.atomic():
            OutletFactory(name=name)
            assert names() == ("Gazette", name)
            transaction.set_rollback(True)
    assert names() == ("Gazette",)


def test_so_many_answers_are_kept() -> None:
    calls = Calls()
    names = cached_per_version(2)(lambda prefix: calls(prefix))
    for prefix in ("a", "b", "a", "c", "a", "b"):
        names(prefix)
    assert calls == ["a", "b", "c", "b"]
