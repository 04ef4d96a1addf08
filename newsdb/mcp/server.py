"""The tools that the server offers to a model, which reads their docstrings."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any
from uuid import UUID

from asgiref.sync import sync_to_async
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field
from typing_extensions import TypedDict  # as pydantic needs it before Python 3.12

from newsdb import __version__
from newsdb.mcp.asking import ApiError, ask

logger = logging.getLogger(__name__)

#: Keeps a model from concluding from an empty result that something was never said.
NOTHING_FOUND = (
    "Nothing in this dataset. That is no evidence that it was not said: the dataset has only some pages of"
    " some outlets."
)
INSTRUCTIONS = (
    "newsdb says who said what, when, and where exactly it is printed. Every statement has its evidence:"
    " the page it is printed on, the exact place of its words, and a hash of the text. Cite it by its url. To"
    " verify a quotation, use check_quotations rather than a search; report its facts, such as a changed or"
    " negated word, and never turn not_found into a claim that it was not said."
)
#: The fields of a statement in a list: those needed to quote it and to show its evidence.
FIELDS = "url,uid,text,kind,speaker,speaker_label,date,date_basis,article,anchors,capture,text_match"
MOST = 20


class Quotation(TypedDict, total=False):
    """A quotation to check."""

    words: Annotated[str, Field(description="The words.")]
    speaker: Annotated[str, Field(description="The claimed speaker.")]
    date: Annotated[str, Field(description="The claimed date: 2024, 2024-10 or 2024-10-23.")]
    outlet: Annotated[str, Field(description="The claimed outlet.")]


def find_actor(name: Annotated[str, Field(description="A name or a part of one.")]) -> dict[str, Any]:
    """Find people and organisations by any of their names, with the roles that they held."""
    found = ask("actors/", {"q": name, "limit": MOST})
    return {"actors": found["results"]} if found["results"] else {"actors": [], "note": NOTHING_FOUND}


def search_statements(
    words: Annotated[
        str, Field(description='Words and "phrases", all of which must occur; - excludes.')
    ] = "",
    speaker: Annotated[str, Field(description="A name, slug or Wikidata id.")] = "",
    outlet: Annotated[str, Field(description="A name, slug or domain.")] = "",
    date_after: Annotated[str, Field(description="As 2024, 2024-10 or 2024-10-23, inclusive.")] = "",
    date_before: Annotated[str, Field(description="Likewise.")] = "",
    cursor: Annotated[str, Field(description="The `cursor` of the previous page, to get the next.")] = "",
) -> dict[str, Any]:
    """Search statements, newest first: their words, speaker, date, and the place where they are printed."""
    asked = {"speaker": speaker, "outlet": outlet, "date_after": date_after, "date_before": date_before}
    page = ask("statements/", {"q": words, **asked, "cursor": cursor, "limit": MOST, "fields": FIELDS})
    answer = {"statements": page["results"], "cursor": _cursor(page["next"])}
    return answer if page["results"] else {**answer, "coverage": page["coverage"], "note": NOTHING_FOUND}


def get_statement(uid: Annotated[UUID, Field(description="Its uid.")]) -> dict[str, Any]:
    """One statement with its whole evidence. A retracted one answers when and why it was retracted.

    `claim_reviews` links checks of it that others published: cite a `rating` as its publisher's, and never
    conclude from an empty list that nobody checked it.
    """
    return ask(f"statements/{uid}/")


def check_quotations(
    quotations: Annotated[list[Quotation] | None, Field(description="Quotations, in any language.")] = None,
    text: Annotated[str, Field(description="Or a draft in English; its quotations are found.")] = "",
) -> dict[str, Any]:
    """Check quotations against the dataset: for each, find statements with the same or nearly the same words.

    `words` says how the quotation relates to the closest statement: exact, same, elided, contained, extends,
    altered, not_found or too_short. `difference` has each word that differs, `changes` whether one of them
    changes a negation or a number, `speaker` whether the closest words are the named speaker's. The words of
    a statement of kind indirect are the reporter's: do not quote them. not_found does not mean that it was
    never said; `coverage` says how much there is of the speaker. What is checked is neither stored nor
    logged.
    """
    body = {"quotations": quotations, "text": text}
    answer = ask("checks/", body={name: value for name, value in body.items() if value})
    missing = any(each["words"] == "not_found" for each in answer["quotations"])
    return {**answer, "note": NOTHING_FOUND} if missing else answer


def dataset() -> dict[str, Any]:
    """What the dataset covers: how many statements of which dates and outlets, and its licence."""
    return ask("dataset/")


TOOLS = (find_actor, search_statements, get_statement, check_quotations, dataset)


def make_server() -> MCPServer[Any]:
    """The server with its tools, all of which only read."""
    # The SDK would log errors of tools together with their arguments, which are confidential.
    logging.getLogger("mcp").setLevel(logging.WARNING)
    server: MCPServer[Any] = MCPServer(
        "newsdb", version=__version__, instructions=INSTRUCTIONS, log_level="WARNING"
    )
    for tool in TOOLS:
        annotations = ToolAnnotations(read_only_hint=True, open_world_hint=False)
        server.add_tool(_in_a_thread(tool), annotations=annotations)
    return server


def _in_a_thread(tool: Callable[..., dict[str, Any]]) -> Callable[..., Any]:
    """The tool as a coroutine, run in Django's thread. Errors of the API are reported to the model."""

    @wraps(tool)
    async def run(**arguments: Any) -> dict[str, Any]:
        try:
            return await sync_to_async(tool)(**arguments)
        except ApiError as error:
            raise ToolError(str(error)) from None
        except Exception as error:
            # The SDK would log what it says, which may quote the arguments.
            logger.error("%s failed: %s", tool.__name__, type(error).__name__)
            raise ToolError("The server failed.") from None

    return run


def _cursor(address: str | None) -> str | None:
    return address and address.partition("cursor=")[2].partition("&")[0]
