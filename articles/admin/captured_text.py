"""Forms for captured text: pasted, or uploaded as a file whose bytes are kept."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from articles.models import Capture
from articles.services.captures import find_capture
from newsdb.admin import AttributedForm, link_to
from newsdb.text import check_text

#: In bytes; the limit for all of a form.
LARGEST = 2 * 1024 * 1024


class TextUploadForm(forms.Form):
    """Takes either pasted text or a file; once the form is valid, ``content`` has its bytes."""

    pasted = forms.CharField(
        required=False,
        strip=False,
        label="The text, pasted",
        widget=forms.Textarea(attrs={"rows": 14, "class": "vLargeTextField"}),
        help_text="Line breaks become line feeds. To keep every byte as received, upload the file.",
    )
    file = forms.FileField(
        required=False, label="Or the file", help_text="Plain text in UTF-8, 2 MB at most."
    )
    content: bytes = b""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        pasted, file = cleaned.get("pasted", ""), cleaned.get("file")
        if bool(pasted) == bool(file):
            if not self.errors:
                raise ValidationError("Either paste the text or choose a file.")
            return cleaned
        if file:
            if file.size > LARGEST:
                raise ValidationError({"file": "The file is larger than 2 MB."})
            file.seek(0)
            self.content = file.read()
        else:
            # Browsers send every line break as CR LF, whatever was pasted.
            self.content = pasted.replace("\r\n", "\n").replace("\r", "\n").encode()
        try:
            check_text(self.content.decode())
        except UnicodeDecodeError as error:
            raise ValidationError({"file": f"This is not text in UTF-8 (byte {error.start})."}) from None
        return cleaned


class AttachForm(TextUploadForm):
    """Adds the text of a capture that was recorded without it."""


class CaptureForm(TextUploadForm, AttributedForm):
    """A new capture; hashes and length are computed from the text."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.content:
            known = find_capture(self.content)
            if known:
                raise ValidationError(
                    format_html(
                        "This text is already recorded, as capture {} of {}.",
                        link_to(known, f"{known.sha256[:12]}…"),
                        link_to(known.article),
                    )
                )
            received = Capture.received(self.content)
            for name in ("sha256", "text_sha256", "length", "text"):
                setattr(self.instance, name, getattr(received, name))
        return cleaned
