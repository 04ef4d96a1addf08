"""What two snapshots of a record differ in."""

from newsdb.admin.history import Difference, compare


def test_facts_that_changed_are_named_with_both_values() -> None:
    ada = {"slug": "ada", "name": "Ada Quay", "wikidata_id": None}
    old = {"cue": "said", "speaker": None, "reviewed": False, "kind": "direct"}
    new = {"cue": "added", "speaker": ada, "reviewed": True, "kind": "direct"}
    assert compare(old, new) == [
        Difference("cue", "said", "added"),
        Difference("speaker", "", "Ada Quay (ada)"),
        Difference("reviewed", "no", "yes"),
    ]


def test_parts_in_order_are_compared_place_by_place() -> None:
    old = {"related_lists": [{"position": 0, "links": [{"position": 0, "title": "A"}]}]}
    new = {
        "related_lists": [
            {"position": 0, "links": [{"position": 0, "title": "B"}, {"position": 1, "title": "C"}]}
        ]
    }
    assert compare(old, new) == [
        Difference("related lists › 0 › links › 0 › title", "A", "B"),
        Difference("related lists › 0 › links › 1", "", "position: 1; title: C"),
    ]


def test_parts_without_a_place_are_there_or_not() -> None:
    old, new = [{"name": "Ada"}, {"name": "A. Q."}], [{"name": "A. Q."}, {"name": "Adda"}]
    assert compare({"names": old}, {"names": new}) == [
        Difference("names", "name: Ada", ""),
        Difference("names", "", "name: Adda"),
    ]


def test_two_anchors_in_the_same_place_of_two_captures_are_told_apart() -> None:
    one, two = {"position": 0, "capture": "a"}, {"position": 0, "capture": "b"}
    assert compare({"anchors": [one]}, {"anchors": [one, two]}) == [
        Difference("anchors", "", "position: 0; capture: b")
    ]


def test_first_and_last_versions_differ_from_nothing() -> None:
    assert compare(None, {"name": "Ada", "wikidata_id": None}) == [Difference("name", "", "Ada")]
    assert compare({"name": "Ada"}, None) == [Difference("name", "Ada", "")]


def test_an_actor_that_is_renamed_is_no_reference() -> None:
    assert compare({"slug": "ada", "name": "Ada"}, {"slug": "ada", "name": "Ada Quay"}) == [
        Difference("name", "Ada", "Ada Quay")
    ]


def test_another_outlet_is_named_once() -> None:
    old, new = ({"outlet": {"slug": slug, "name": slug.title()}} for slug in ("post", "courier"))
    assert compare(old, new) == [Difference("outlet", "Post (post)", "Courier (courier)")]
