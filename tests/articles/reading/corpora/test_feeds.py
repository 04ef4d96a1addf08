"""Feeds are cut into records, however they are laid out and compressed."""

import gzip
import io
import json

import pytest

from articles.reading.corpora import feeds, read_records
from articles.reading.documents import DocumentError

RECORDS = [{"a": 'b"]},\\'}, {"c": [1, {"d": "[{"}]}, {"é": ""}]
FEED = {"@type": "DataFeed", "@context": {"x": ["y"]}, "dataFeedElement": RECORDS, "more": [1]}


@pytest.mark.parametrize("piece", [1, 7, 2**20])
@pytest.mark.parametrize(
    "text",
    [
        json.dumps(RECORDS),
        json.dumps(RECORDS, indent=2, ensure_ascii=False),
        json.dumps(FEED),
        json.dumps(FEED, indent=1),
        "\n\n".join(map(json.dumps, RECORDS)),
    ],
    ids=["list", "indented list", "feed", "indented feed", "lines"],
)
def test_records_are_read_one_by_one(text: str, piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "_PIECE", piece)
    for content in (text.encode(), gzip.compress(text.encode())):
        assert [json.loads(record) for _, record in read_records(io.BytesIO(content))] == RECORDS


def test_each_record_has_a_place() -> None:
    assert [place for place, _ in read_records(io.BytesIO(b"{}\n\n{}"))] == ["line 1", "line 3"]
    assert [place for place, _ in read_records(io.BytesIO(b"[{}, {}]"))] == ["element 1", "element 2"]
    assert list(read_records(io.BytesIO(b"[]"))) == list(read_records(io.BytesIO(b""))) == []


def test_a_list_that_breaks_off_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    records = read_records(io.BytesIO(b'[{"a": 1}, {"b": "'))
    assert next(records) == ("element 1", b'{"a": 1}')
    with pytest.raises(DocumentError, match="is cut off in element 2"):
        next(records)
    monkeypatch.setattr(feeds, "MAX_LINE", 9)
    with pytest.raises(DocumentError, match="Element 1 is longer than 9 bytes"):
        next(read_records(io.BytesIO(b'[{"a": "bcdefg')))
