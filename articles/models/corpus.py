"""The corpora that can be imported: a statement's extractor is the corpus that it is from."""

from typing import NamedTuple


class Corpus(NamedTuple):
    """A published corpus of quotations, and its licence."""

    title: str
    source_url: str
    licence: str
    licence_url: str


CORPORA = {
    "quotebank": Corpus(
        "Quotebank",
        "https://zenodo.org/record/4277311",
        "CC-BY-4.0",
        "https://creativecommons.org/licenses/by/4.0/",
    ),
    "gdelt-gqg": Corpus(
        "GDELT Global Quotation Graph",
        "https://blog.gdeltproject.org/announcing-the-global-quotation-graph/",
        "GDELT terms of use",
        "https://www.gdeltproject.org/about.html#termsofuse",
    ),
}
