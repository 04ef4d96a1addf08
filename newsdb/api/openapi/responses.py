"""Parts of the OpenAPI description that responses share: headers, problems, and formats other than JSON."""

from http import HTTPStatus

from newsdb.api.endpoints.response_docs import ResponseDoc, Schema
from newsdb.api.response.problems import MEDIA_TYPE, TITLES

PROBLEM: Schema = {
    "type": "object",
    "description": "An error, as in RFC 9457.",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "description": "Always `about:blank`."},
        "title": {"type": "string", "description": "The status in words."},
        "status": {"type": "integer", "description": "The HTTP status."},
        "detail": {"type": "string", "description": "What went wrong in this case."},
        "instance": {"type": "string", "format": "uri-reference", "description": "The path asked for."},
        "request_id": {
            "type": "string",
            "description": "With a status of 500 or above: identifies the request in our log; also in"
            " `X-Request-ID`.",
        },
        "errors": {
            "type": "array",
            "description": "One for each invalid parameter, or member of the body.",
            "items": {
                "type": "object",
                "required": ["code", "detail"],
                "properties": {
                    "parameter": {"type": "string", "description": "The invalid query parameter."},
                    "pointer": {
                        "type": "string",
                        "description": "Or the invalid member of the body (RFC 6901).",
                    },
                    "code": {"type": "string", "description": "The kind of error, for programs."},
                    "detail": {"type": "string", "description": "The error, for people."},
                    "allowed": {"type": "array", "items": {}, "description": "The valid values."},
                    "candidates": {
                        "type": "array",
                        "items": {"type": "object", "additionalProperties": True},
                        "description": "The records that the value may have meant.",
                    },
                    "capture": {
                        "type": "string",
                        "description": "With `ambiguous`: the SHA-256 of the capture with the `places`.",
                    },
                    "places": {
                        "type": "array",
                        "description": "With `ambiguous`: the places where the words occur.",
                        "items": {
                            "type": "object",
                            "required": ["start", "prefix", "suffix"],
                            "properties": {
                                "start": {"type": "integer", "minimum": 0},
                                "prefix": {"type": "string"},
                                "suffix": {"type": "string"},
                            },
                        },
                    },
                    "parts": {
                        "type": "array",
                        "description": "With `quotation_marks`: the parts inside the marks.",
                        "items": {"type": "string"},
                    },
                },
            },
        },
        "url": {"type": "string", "format": "uri", "description": "With 409: the conflicting record."},
        "duplicates": {
            "type": "array",
            "description": "With 409 to a merge: pairs of statements that would be duplicates.",
            "items": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["uid", "url", "title"],
                    "properties": {
                        "uid": {"type": "string", "format": "uuid", "description": "Its identity."},
                        "url": {"type": "string", "format": "uri", "description": "Its address."},
                        "title": {"type": "string", "description": "Who said what."},
                    },
                },
            },
        },
        "code": {"type": "string", "description": "`erased` if the record was erased."},
        "uid": {"type": "string", "format": "uuid", "description": "With 410: the record that was erased."},
        "record_type": {"type": "string", "description": "With 410: what the erased record was."},
        "erased_on": {"type": "string", "format": "date", "description": "With 410: the day of the erasure."},
        "reason_code": {"type": "string", "description": "With 410: why it was erased."},
        "retracted_at": {"type": "string", "format": "date-time", "description": "With 410: when."},
        "reason": {"type": "string", "description": "With 410: why it was retracted."},
    },
}
#: Additional members of a page with ``count=on``.
COUNT: Schema = {
    "count": {
        "type": "integer",
        "minimum": 0,
        "description": "With `count=on`: how many match, or how many were counted.",
    },
    "count_is_exact": {
        "type": "boolean",
        "description": "With `count=on`: whether all that match were counted. If not, there are more.",
    },
}
#: Formats other than JSON, by media type.
MEDIA_TYPES: dict[str, Schema] = {
    "text/csv": {
        "type": "string",
        "description": "RFC 4180 with a header line. Members of objects are columns such as `speaker.slug`;"
        " lists are JSON in a cell; null and empty text are both empty.",
    },
    "application/jsonl": {"type": "string", "description": "One record per line, as in JSON."},
    "application/ld+json": {
        "type": "object",
        "description": "In schema.org's vocabulary: a `Quotation` or `NewsArticle`, or a page of them in"
        " `@graph`.",
        "required": ["@context"],
    },
}


def _header(description: str, example: str) -> Schema:
    return {"description": description, "schema": {"type": "string", "examples": [example]}}


HEADERS: dict[str, Schema] = {
    "Cache-Control": _header(
        "May be cached, but must be revalidated with If-None-Match. An instance may also let shared caches"
        " serve anonymous responses for some seconds.",
        "no-cache",
    ),
    "Content-Disposition": _header("The name of the file.", 'attachment; filename="statements.csv"'),
    "Counts-Complete": _header("Of a table of facets as CSV: what `complete` says in JSON.", "true"),
    "Dataset-Version": _header(
        "The dataset's version after a write, for If-Dataset-Version; or when an export began:"
        " `changes/?after=` it lists everything since.",
        "33",
    ),
    "ETag": _header(
        "The version: for If-None-Match, and that of a record's JSON for If-Match when writing.",
        '"9b2cf535f27731c974343645a3985328"',
    ),
    "Last-Modified": _header(
        "When the dataset last changed; absent while it is empty. Only the ETag decides whether the answer"
        " is 304.",
        "Wed, 05 Mar 2025 10:00:00 GMT",
    ),
    "Link": _header(
        'The next page, if there is one: `<…>; rel="next"` (RFC 8288).',
        '<https://news.example.org/api/v1/statements/?cursor=WyJh>; rel="next"',
    ),
    "Location": _header("The record's own address.", "https://news.example.org/api/v1/actors/ada-example/"),
    "RateLimit": _header(
        "Requests left, and the seconds until the quota is full again.", '"anonymous";r=599;t=42'
    ),
    "RateLimit-Policy": _header(
        "The quota, and the number of seconds it covers; absent if there is none.", '"anonymous";q=600;w=60'
    ),
    "Record-Count": _header(
        "How many records the export has, if fewer than 1,000; more are not counted beforehand.", "10"
    ),
    "Retry-After": _header("Seconds to wait before trying again.", "42"),
    "WWW-Authenticate": _header("How to authenticate (RFC 6750).", 'Bearer realm="newsdb"'),
}
RATE_LIMIT_HEADERS = ("RateLimit", "RateLimit-Policy")


_UNKNOWN = "There is no parameter 'speeker' here. Did you mean 'speaker'?"
_TAKEN = "An actor with this slug already exists."
#: Problems by status. Each is described once as a component, which responses refer to.
PROBLEMS: dict[int, ResponseDoc] = {
    400: ResponseDoc(
        "A parameter, or a member of the body, is unknown or invalid; `errors` names it.",
        _UNKNOWN,
        members={
            "errors": [
                {"parameter": "speeker", "code": "unknown", "detail": _UNKNOWN, "allowed": ["speaker"]}
            ]
        },
    ),
    401: ResponseDoc(
        "A token is required, or the token is unknown, expired or revoked.",
        "This token is unknown, expired or revoked.",
        ("WWW-Authenticate",),
    ),
    403: ResponseDoc(
        "The token can only read, or its user is not an editor.",
        "This token can only read; writing requires a token with the scope write.",
    ),
    404: ResponseDoc("There is no such record.", "There is no actor nobody."),
    406: ResponseDoc(
        "The requested format is not available.", "Available formats: application/json (?format=json)."
    ),
    409: ResponseDoc(
        "It conflicts with existing records; `url` is the conflicting record, if there is one.",
        _TAKEN,
        members={
            "url": "https://news.example.org/api/v1/actors/ada-example/",
            "errors": [{"pointer": "/slug", "code": "taken", "detail": _TAKEN}],
        },
    ),
    411: ResponseDoc(
        "The body has no Content-Length.", "Send the body with its Content-Length, not in chunks."
    ),
    412: ResponseDoc(
        "The record has changed since the version in If-Match.",
        "The record has changed since that version: read it again before you write.",
    ),
    413: ResponseDoc("The body is larger than 2 MB.", "A body may have at most 2,097,152 bytes."),
    414: ResponseDoc(
        "The query string is longer than 4 KB.", "The query string may have at most 4096 bytes."
    ),
    415: ResponseDoc(
        "The body is not application/json in UTF-8, or is compressed.", "Send the body uncompressed."
    ),
    428: ResponseDoc(
        "If-Match is missing.", "If-Match is required: send the ETag of the version that you are changing."
    ),
    429: ResponseDoc(
        "Too many requests: `Retry-After` says how many seconds to wait.",
        "The rate limit is reached. Try again in 42 seconds.",
        ("Retry-After",),
    ),
    503: ResponseDoc(
        "It took too long, others are writing the same records, or the database is unavailable. Try again"
        " after `Retry-After` seconds; a write with its own `uid` or an `If-Match` is safe to repeat.",
        "The query took too long. Narrow it, or try again later.",
        ("Retry-After",),
    ),
}
ALWAYS = (400, 401, 406, 414, 429, 503)
BODY = (411, 413, 415)
WRITING = (403, 409, *BODY)
PRECONDITIONS = (412, 428)


def header_references(*names: str) -> Schema:
    """The headers object, with references to headers in ``HEADERS``."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in sorted(names)}


def problem_doc(status: int, doc: ResponseDoc) -> Schema:
    """The response object of a problem, with an example."""
    example = {
        "type": "about:blank",
        "title": TITLES.get(status) or HTTPStatus(status).phrase,
        "status": status,
        "detail": doc.detail,
        "instance": "/api/v1/actors/",
        **doc.members,
    }
    return {
        "description": doc.when,
        "headers": header_references(*RATE_LIMIT_HEADERS, *doc.headers),
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}},
    }
