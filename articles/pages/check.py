"""The page that checks a draft against the dataset.

A draft is confidential: it comes by POST, has no address, and neither it nor the page is kept anywhere.

Every quotation is shown with what was found, however many there are. Long stretches between quotations are
shortened to their ends, and a long draft is not put back into the form.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from articles.pages.asking import API
from articles.pages.days import Day, dates_written, written
from newsdb.api.endpoints import inprocess
from newsdb.api.response.pages import render_page

#: The results in a few words, for one quotation and for several.
HEADLINES = {
    "exact": "Word for word",
    "same": "The same words",
    "elided": "The same words, abridged",
    "contained": "Part of what was said",
    "extends": "With more than was said",
    "altered": "Altered",
    "not_found": "Not in this dataset",
    "too_short": "Too short to tell",
}
#: How the page marks it: as found, to be looked at, or unknown.
SIGNS = {"exact": "held", "same": "held", "contained": "held", "not_found": "unknown", "too_short": "unknown"}
#: A longer draft, in characters, is not put back into the form, and must be pasted again.
GIVEN_BACK = 12_000
#: Up to STRETCH characters between two quotations are shown in full; of a longer text, END at either end.
STRETCH, END = 1_000, 250
CHANGES = {"negation": "a negation differs", "number": "a number differs"}


class Piece(NamedTuple):
    """A part of the draft: a quotation with its number and sign, or text between two quotations."""

    text: str
    number: int = 0
    sign: str = ""
    #: The number of characters after it that are not shown.
    left_out: int = 0


# Nothing is written and no session used, so that there is no request to forge; and no cookie is set.
@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def check_page(request: HttpRequest) -> HttpResponse:
    """The form and, for a submitted draft, each quotation with the dataset's matches."""
    request.upload_handlers = [MemoryFileUploadHandler(request)]  # the default writes large files to disk
    draft = request.POST.get("draft", "").replace("\r\n", "\n") if request.method == "POST" else ""
    context: dict[str, Any] = {"draft": draft}  # if it cannot be checked, it must not be lost
    status, headers = 200, None
    if request.method == "POST":
        response = inprocess.post(request, f"{API}/checks/", {"text": draft})
        headers = response.headers
        if response.status == 200:
            context |= _described(draft, response.data)
        else:
            status = response.status
            context["problem"] = _problem(response.data, draft)
    page = render_page(request, "articles/pages/check.html", context, status=status, headers=headers)
    add_never_cache_headers(page)
    return page


def _problem(data: Any, draft: str) -> str:
    if not draft.strip():
        return "Paste a draft with quotations in it."
    return " ".join([data["detail"], *(error["detail"] for error in data.get("errors", ()))])


def _described(draft: str, data: Any) -> dict[str, Any]:
    findings = [_finding(number, each) for number, each in enumerate(data["quotations"], start=1)]
    counts = Counter(each["headline"] for each in findings)
    return {
        "checked": True,
        "draft": draft if len(draft) <= GIVEN_BACK else "",
        "findings": findings,
        "pieces": list(_pieces(draft, findings)),
        "counts": [f"{count} {headline[0].lower()}{headline[1:]}" for headline, count in counts.items()],
        "not_read": len(data["not_read"]),
    }


def _finding(number: int, data: dict[str, Any]) -> dict[str, Any]:
    best = data["matches"][0] if data["matches"] else None
    changes = [CHANGES[change] for change in best["changes"]] if best else []
    sign = SIGNS.get(data["words"], "differs")
    if data["speaker"] in ("different", "unresolved") and sign == "held":
        sign = "differs"
    paraphrase = best is not None and best["statement"]["kind"] == "indirect"
    if (changes or paraphrase) and sign == "held":
        sign = "differs"
    return {
        "number": number,
        "headline": HEADLINES[data["words"]],
        "changes": changes,
        "paraphrase": paraphrase,
        "sign": sign,
        "start": data["start"],
        "end": data["end"],
        "given": data["given"],
        "speaker": data["speaker"],
        "match": best,
        "day": best and Day.read(best["statement"]["date"], best["statement"]["date_precision"]),
        "others": len(data["matches"]) - 1 if best else 0,
        "retracted": [{**each, "day": written(each["retracted_at"])} for each in data["retracted"]],
        "coverage": [dates_written(each) for each in data["coverage"]],
    }


def _pieces(draft: str, findings: list[dict[str, Any]]) -> Iterator[Piece]:
    """The draft, split at its quotations, which are in order.

    A quotation inside another, in the reporter's interruption, is skipped: the outer one already includes it.
    """
    place = 0
    for finding in findings:
        if finding["start"] < place:
            continue
        yield from _stretch(draft[place : finding["start"]])
        yield Piece(draft[finding["start"] : finding["end"]], finding["number"], finding["sign"])
        place = finding["end"]
    yield from _stretch(draft[place:])


def _stretch(text: str) -> Iterator[Piece]:
    """Text without a quotation; if it is long, its ends, to whole words."""
    if len(text) <= STRETCH:
        yield Piece(text)
        return
    start, end = text[:END], text[-END:]
    start, end = start.rpartition(" ")[0] or start, end.partition(" ")[2] or end
    yield Piece(start, left_out=len(text) - len(start) - len(end))
    yield Piece(end)
