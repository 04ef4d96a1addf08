"""Captures, by their hashes."""

from articles.models import Capture
from newsdb.api.rows.serializers import RowSerializer

SHA256 = "6c0b4f6e2a434f0c9a679d7c2f1b8e326c0b4f6e2a434f0c9a679d7c2f1b8e32"


class CaptureReferenceSerializer(RowSerializer):
    """The captured text that the anchors refer to, identified by its hashes."""

    class Meta:
        model = Capture
        fields = ("sha256", "text_sha256", "source_url")
        blank_as_null = ("source_url",)
        example = {"sha256": SHA256, "text_sha256": SHA256, "source_url": "https://gazette.example/library"}


class LatestCaptureSerializer(RowSerializer):
    """The article's latest capture, which was searched for the words."""

    class Meta:
        model = Capture
        fields = ("sha256", "captured_at")
        example = {"sha256": SHA256, "captured_at": "2025-03-05T10:00:00Z"}


class CaptureSerializer(RowSerializer):
    """An article's text exactly as it was received: hashes and metadata, not the text itself."""

    class Meta:
        model = Capture
        fields = (
            "sha256",
            "text_sha256",
            "length",
            "media_type",
            "extractor",
            "extractor_version",
            "source_url",
            "captured_at",
        )
        blank_as_null = ("extractor", "extractor_version", "source_url")
        example = {
            **CaptureReferenceSerializer.Meta.example,
            "length": 1822,
            "media_type": "text/plain",
            "extractor": None,
            "extractor_version": None,
            "captured_at": "2025-03-05T10:00:00Z",
        }
