from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from articles.models import TextPolicy
from articles.services.captures import Verification, attach_text, find_capture, verify_capture
from newsdb.management.migrated import MigratedCommand


class Command(MigratedCommand):
    help = (
        "Check captured pages against the anchors recorded in them. A page is recognised by the SHA-256 of"
        " its"
        " bytes, so a single changed character makes it another page."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files", nargs="+", metavar="FILE", help="A captured page, as plain text in UTF-8."
        )
        parser.add_argument(
            "--attach",
            action="store_true",
            help="Also store the text with its capture; the outlet's text policy decides who sees it.",
        )

    def handle(self, *, files: list[str], attach: bool, **options: Any) -> None:
        failures = sum(not self._verify(Path(name), attach) for name in files)
        if failures:
            raise CommandError(f"{failures} of {len(files)} files did not match completely; see above.")

    def _verify(self, path: Path, attach: bool) -> bool:
        try:
            content = path.read_bytes()
        except OSError as error:
            return self._refuse(path, f"cannot be read ({error.strerror})")
        capture = find_capture(content)
        if capture is None:
            return self._refuse(
                path,
                "not recognised: no capture has its hash. It is another page, or not a byte-for-byte copy;"
                " add its capture in the admin first",
            )
        try:
            text = content.decode("utf-8")
            verification = verify_capture(capture=capture, text=text)
        except (UnicodeDecodeError, ValidationError):
            return self._refuse(
                path,
                "this is the page as it was received, not the text that its anchors refer to; name a file of"
                " that text",
            )
        self._report(path, verification)
        if attach and capture.text_erased:
            self.stdout.write("  text not attached: it contained erased words")
        elif attach:
            attach_text(capture=capture, text=text)
            self.stdout.write(f"  text attached; {self._visibility(capture.article.outlet)}")
        return not verification.mismatched

    def _report(self, path: Path, verification: Verification) -> None:
        total = len(verification.matched) + len(verification.mismatched)
        self.stdout.write(f"{path}: {verification.capture.article} ({verification.capture.article.outlet})")
        for statement, anchors in verification.mismatched:
            places = ", ".join(f"{a.start}-{a.end}" for a in anchors) or "the words differ from its anchors"
            self.stdout.write(self.style.ERROR(f"  mismatched: {statement} at {places}"))
        for statement in verification.matched:
            self.stdout.write(f"  matched: {statement}")
        for statement in verification.not_found:
            self.stdout.write(self.style.WARNING(f"  not found in the latest capture: {statement}"))
        summary = f"  {len(verification.matched)} of {total} statements match"
        self.stdout.write(self.style.SUCCESS(summary) if not verification.mismatched else summary)

    def _refuse(self, path: Path, why: str) -> bool:
        self.stdout.write(self.style.ERROR(f"{path}: {why}."))
        return False

    def _visibility(self, outlet: Any) -> str:
        return {
            TextPolicy.NONE: f"{outlet} lets nobody but curators see it",
            TextPolicy.EXCERPT: f"{outlet} lets everyone see 300 code points around each anchor",
            TextPolicy.FULL: f"{outlet} lets everyone see all of it",
        }[outlet.text_policy]
