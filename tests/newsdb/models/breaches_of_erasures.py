"""A breach, or more, of every rule about what is left of erased records."""

from tests.factories import ErasedDigestFactory, ErasureFactory
from tests.newsdb.models.breaches import Breach

BREACHES = [
    Breach("newsdb_erasure_reason_code", ErasureFactory, {"reason_code": "because"}),
    Breach("newsdb_erasure_once", ErasureFactory, rival=lambda row: {}, same=("uid",)),
    Breach("newsdb_eraseddigest_kind", ErasedDigestFactory, {"kind": "rumour"}),
    *(
        Breach("newsdb_eraseddigest_digest", ErasedDigestFactory, {"digest": digest})
        for digest in ("", "A" * 64, "a" * 63, "The ferry")
    ),
    Breach(
        "newsdb_eraseddigest_once",
        ErasedDigestFactory,
        rival=lambda row: {"erasure": row.erasure},
        same=("digest",),
    ),
]
