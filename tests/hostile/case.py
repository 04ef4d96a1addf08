"""What one entry of the corpus is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """A request as it is sent, why somebody would send it, and how it has to be answered.

    ``code`` is that of the first of the problem's ``errors``. Below ``/api/`` every refusal is a problem,
    unless ``unheard``: the server refuses what is no HTTP before newsdb hears of it.
    """

    name: str
    why: str
    target: str
    status: int
    code: str = ""
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    unheard: bool = False

    def __str__(self) -> str:
        return self.name
