"""README, CONTRIBUTING and docs/ as a reader has them: pages, and the steps that each has its reader take."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: Every page of the documentation, by its path in the checkout.
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
    if path.name != "CHANGELOG.md"
}

#: A fenced block, or a remark about the block that follows: it is saved as a file, or a browser is used.
BLOCK = re.compile(
    r"^```(?P<language>\w*)\n(?P<text>.*?)^```$|^<!-- (?P<kind>file|browser): (?P<value>.+?) -->$",
    re.DOTALL | re.MULTILINE,
)


@dataclass
class Step:
    """One thing to do: a command, a program, a file to save, keys to press; and the output that is shown."""

    kind: str
    text: str
    printed: str = ""
    printed_as: str = "text"


def steps(page: str) -> list[Step]:
    """Everything that a page has its reader do, in order.

    A block of JSON, CSV or text is the output of the step before it. Raises ValueError where there is none.
    """
    found: list[Step] = []
    file_name = ""
    for match in BLOCK.finditer(page):
        language, text = match["language"], match["text"]
        if match["kind"] == "file":
            file_name = match["value"]
        elif match["kind"] == "browser":
            found.append(Step("browser", match["value"]))
        elif file_name:
            found.append(Step(f"file {file_name}", text))
            file_name = ""
        elif language == "console":
            found += commands(text)
        elif language in ("python", "js"):
            found.append(Step(language, text))
        elif language:
            if not found or found[-1].printed or found[-1].kind not in ("command", "python", "js"):
                raise ValueError(f"Nothing gives this output:\n{text}")
            found[-1].printed, found[-1].printed_as = text, language
    return found


def commands(text: str) -> Iterator[Step]:
    """The commands of a console block, each with what it prints. Those for root (#) are left out."""
    lines = text.splitlines(keepends=True)
    while lines and not text.startswith("# "):
        command = lines.pop(0)
        if not command.startswith("$ "):
            raise ValueError(f"A prompt is missing: {command}")
        while goes_on(command):
            command += lines.pop(0)
        printed = ""
        while lines and not lines[0].startswith("$ "):
            printed += lines.pop(0)
        yield Step("command", command.removeprefix("$ "), printed)


def goes_on(command: str) -> bool:
    """Whether the next line belongs to a command: after a backslash, within quotes, before a file's END."""
    if "<<'END'" in command:
        return not command.endswith("\nEND\n")
    return command.endswith("\\\n") or command.count("'") % 2 == 1
