"""Hostile changes of records that are there, in this order: patches, batches, retractions and merges."""

from tests.hostile.dataset import path_of, uid_of
from tests.hostile.sending import JSON, KEPT, ODD, RULE, SHAPE, VERSION, send

FIRST, SECOND, THIRD = (path_of("statement", number) for number in (1, 2, 3))


CHANGES = [
    send("patch, no version", VERSION, "PATCH", FIRST, {"cue": "x"}, 428, "", JSON),
    send(
        "patch, a weak version",
        VERSION,
        "PATCH",
        FIRST,
        {"cue": "x"},
        412,
        "",
        JSON,
        ("If-Match", 'W/"x"'),
    ),
    send(
        "patch, 300 versions",
        VERSION,
        "PATCH",
        FIRST,
        {"cue": "x"},
        412,
        "",
        JSON,
        ("If-Match", ",".join(f'"{n}"' for n in range(300))),
    ),
    send(
        "patch, nonsense",
        VERSION,
        "PATCH",
        FIRST,
        {"cue": "x"},
        412,
        "",
        JSON,
        ("If-Match", '"a, *'),
    ),
    send("patch nothing", KEPT, "PATCH", path_of("article", 2), {}, 200),
    send(
        "patch uid",
        RULE,
        "PATCH",
        path_of("article", 2),
        {"uid": "00000000-0000-0000-0000-000000000001"},
        400,
        "unknown",
    ),
    send("patch id 2^63", RULE, "PATCH", "statements/9223372036854775808/", {}, 404),
    send("patch odd", KEPT, "PATCH", SECOND, {"speaker_label": ODD[:20], "audience": ODD}, 200),
    send(
        "patch speaker, no reason",
        RULE,
        "PATCH",
        SECOND,
        {"speaker": "actor-11"},
        400,
        "required",
    ),
    send("batch of nothing", SHAPE, "POST", "statements/batch/", {"statements": []}, 400, "empty"),
    send(
        "batch of empties", SHAPE, "POST", "statements/batch/", {"statements": [{}, 7, None]}, 400, "required"
    ),
    send("batch of many", SHAPE, "POST", "statements/batch/", {"statements": [{}] * 101}, 400, "max_length"),
    send(
        "batch with one that is wrong",
        RULE,
        "POST",
        "statements/batch/",
        {
            "statements": [
                {"article": str(uid_of("article", 59)), "kind": "direct", "words": [f"Said so: {number}"]}
                | ({"said_on": "2024-02-30"} if number else {})
                for number in range(2)
            ]
        },
        400,
        "no_such_date",
    ),
    send("patch speaker", KEPT, "PATCH", SECOND, {"speaker": "actor-11", "reason": ODD}, 200),
    send("patch slug", KEPT, "PATCH", "actors/actor-11/", {"slug": "actor-eleven"}, 200),
    send("patch slug back", KEPT, "PATCH", "actors/actor-eleven/", {"slug": "actor-11"}, 200),
    send("patch domains", KEPT, "PATCH", "outlets/outlet-1/", {"domains": []}, 200),
    send(
        "retract, no reason",
        RULE,
        "POST",
        f"{THIRD}retract/",
        {"reason": " "},
        400,
        "blank",
    ),
    send("retract, a list", SHAPE, "POST", f"{THIRD}retract/", ["why"], 400, "invalid"),
    send("retract odd", KEPT, "POST", path_of("article", 3) + "retract/", {"reason": ODD}, 200),
    send("retract again", RULE, "POST", path_of("article", 3) + "retract/", {"reason": "again"}, 409),
    send("restore", KEPT, "POST", path_of("article", 3) + "restore/", {"reason": ODD}, 200),
    send("restore what stands", RULE, "POST", path_of("article", 3) + "restore/", {"reason": "again"}, 409),
    send(
        "merge into itself", RULE, "POST", "actors/actor-12/merge/", {"into": "actor-12", "reason": "x"}, 409
    ),
    send(
        "merge into nobody",
        RULE,
        "POST",
        "actors/actor-12/merge/",
        {"into": "nobody", "reason": "x"},
        400,
        "unknown",
    ),
    send("merge kinds", RULE, "POST", "actors/actor-12/merge/", {"into": "actor-4", "reason": "x"}, 409),
    send("merge", KEPT, "POST", "actors/actor-13/merge/", {"into": "actor-12", "reason": ODD}, 200),
    send("merge again", RULE, "POST", "actors/actor-13/merge/", {"into": "actor-12", "reason": "x"}, 308),
    send(
        "merge in a circle", RULE, "POST", "actors/actor-12/merge/", {"into": "actor-13", "reason": "x"}, 409
    ),
    send("unmerge", KEPT, "POST", "actors/actor-13/unmerge/", {"reason": ODD}, 200),
    send("unmerge again", RULE, "POST", "actors/actor-13/unmerge/", {"reason": "x"}, 409),
    send(
        "a key that is a key",
        "who has no token writes nothing",
        "POST",
        "actors/",
        {},
        401,
        "",
        JSON,
        ("Authorization", "Bearer x"),
    ),
]
