"""What the dataset has of the quotations of a draft."""

from typing import Any, get_args

from rest_framework import serializers

from actors.api.serializers import ActorReferenceSerializer
from articles.api.serializers.outlets import OutletReferenceSerializer
from articles.api.serializers.references import ArticleReferenceSerializer
from articles.api.serializers.statements import StatementSerializer
from articles.checks.checking import Agreement
from articles.checks.comparison import KINDS, Change, Operation

WORDS = (
    "exact: the same text; same: the same words, apart from case, punctuation and white space; elided: with"
    " omissions or insertions that it marks itself; contained: part of longer words; extends: it has those"
    " words and more; altered: at least 60% of its words stand there in order"
)
AGREEMENT = get_args(Agreement)


class GivenSerializer(serializers.Serializer):
    """The quotation as given, or as found in the text."""

    words = serializers.CharField(help_text="The words.")
    speaker = serializers.CharField(help_text="The claimed speaker; empty if not given.")
    date = serializers.CharField(allow_null=True, help_text="The claimed date, as given.")
    outlet = serializers.CharField(help_text="The claimed outlet; empty if not given.")

    class Meta:
        example = {
            "words": "The ferries run again from Sunday",
            "speaker": "Ada Lind",
            "date": None,
            "outlet": "",
        }


class StepSerializer(serializers.Serializer):
    """Words that both have, or that one has and the other has not."""

    operation = serializers.ChoiceField(
        choices=get_args(Operation),
        help_text="How to turn the statement into the quotation: insert `words`, delete `held`, or replace"
        " `held` by `words`.",
    )
    words = serializers.CharField(help_text="The quotation's words; empty for delete.")
    held = serializers.CharField(help_text="The statement's words; empty for insert.")

    class Meta:
        example = {"operation": "replace", "words": "Sunday", "held": "Monday"}


class ComparisonSerializer(serializers.Serializer):
    """A statement that has words, or nearly, and how they differ."""

    statement = StatementSerializer(
        help_text="The statement, with its evidence. If its kind is indirect, its words are the reporter's."
    )
    words = serializers.ChoiceField(choices=KINDS, help_text=f"{WORDS}.")
    closeness = serializers.FloatField(
        help_text="Shared words as a fraction of the longer text, from 0 to 1. Use it to sort: it"
        " does not compare meaning, since a sentence and its negation are close."
    )
    changes = serializers.ListField(
        child=serializers.ChoiceField(choices=get_args(Change)),
        help_text="Whether the differing words change a negation or a number, or a word left out beside them"
        " does.",
    )
    difference = StepSerializer(
        many=True, help_text="The steps that turn the statement's words into the others."
    )
    unsupported = serializers.ListField(
        child=serializers.CharField(), help_text="For extends: the words that are not in the statement."
    )
    left_out = serializers.ListField(
        child=serializers.CharField(), help_text="For elided: the statement's words that are left out."
    )

    class Meta:
        example = {
            "words": "altered",
            "closeness": 0.833,
            "changes": [],
            "unsupported": [],
            "left_out": [],
        }


class MatchSerializer(ComparisonSerializer):
    """A statement that has the words of a quotation, or nearly."""

    speaker = serializers.ChoiceField(choices=AGREEMENT, help_text="Whether it has the given speaker.")
    date = serializers.ChoiceField(choices=AGREEMENT, help_text="Whether the given date may be its date.")
    outlet = serializers.ChoiceField(choices=AGREEMENT, help_text="Whether the given outlet printed it.")

    class Meta:
        example = {
            **ComparisonSerializer.Meta.example,
            "speaker": "same",
            "date": "not_given",
            "outlet": "not_given",
        }


class OccurrenceSerializer(ComparisonSerializer):
    """The same words, or nearly, of the same speaker in another article."""

    copied = serializers.BooleanField(
        help_text="Whether a curator found that one article is a copy of the other. If not, each printed the"
        " words independently, as far as is known."
    )

    class Meta:
        example = {**ComparisonSerializer.Meta.example, "copied": False}


class OccurrencesSerializer(serializers.Serializer):
    """Where else a statement's words are printed."""

    first_printed = ArticleReferenceSerializer(
        allow_null=True,
        help_text="Of the articles with these words, the one that was published first; null if no date is"
        " known.",
    )
    results = OccurrenceSerializer(
        many=True,
        help_text="The closest first, up to 100. Each is compared with the statement, not with the others.",
    )

    class Meta:
        example: dict[str, Any] = {}


class RetractedSerializer(serializers.Serializer):
    """A retracted statement that had the words. It proves nothing."""

    uid = serializers.UUIDField(help_text="Its identity.")
    url = serializers.URLField(help_text="Its URL, which returns 410.")
    retracted_at = serializers.DateTimeField(help_text="When it was retracted.")
    reason = serializers.CharField(help_text="Why.")
    words = serializers.ChoiceField(choices=KINDS, help_text="How the quotation relates to its words.")


class SpeakerCoverageSerializer(serializers.Serializer):
    """How much the dataset has of a speaker."""

    slug = serializers.CharField(help_text="The speaker's address.")
    name = serializers.CharField(help_text="The speaker's name.")
    statements = serializers.IntegerField(min_value=0, help_text="How many public statements there are.")
    first_date = serializers.DateField(allow_null=True, help_text="The first day of their dates.")
    last_date = serializers.DateField(allow_null=True, help_text="The last day of their dates.")

    class Meta:
        example = {
            "slug": "ada-lind",
            "name": "Ada Lind",
            "statements": 12,
            "first_date": "2024-01-09",
            "last_date": "2025-03-01",
        }


class FindingSerializer(serializers.Serializer):
    """What the dataset has of one quotation: facts, and no verdict."""

    given = GivenSerializer(help_text="The quotation that was checked.")
    start = serializers.IntegerField(
        allow_null=True, help_text="Where it begins in the text, in code points from 0; null without a text."
    )
    end = serializers.IntegerField(allow_null=True, help_text="Where it ends, exclusive.")
    words = serializers.ChoiceField(
        choices=[*KINDS, "not_found", "too_short"],
        help_text=f"How its words relate to those of the closest statement. {WORDS}; not_found: none is"
        " close, which does not mean that it was never said; too_short: under four words, which match only"
        " if exact and by the named speaker.",
    )
    speaker = serializers.ChoiceField(
        choices=AGREEMENT,
        allow_null=True,
        help_text="same: the closest words are this speaker's; different: only others'; unresolved: the name"
        " is ambiguous or unknown; null: the speaker is known, the words are not.",
    )
    date = serializers.ChoiceField(
        choices=AGREEMENT,
        allow_null=True,
        help_text="Likewise for the date; unresolved: it cannot be determined.",
    )
    outlet = serializers.ChoiceField(choices=AGREEMENT, allow_null=True, help_text="Likewise for the outlet.")
    speakers = ActorReferenceSerializer(many=True, help_text="Whom the given name may mean.")
    outlets = OutletReferenceSerializer(many=True, help_text="Which outlets the given name may mean.")
    matches = MatchSerializer(many=True, help_text="The closest statements, up to ten, then the latest.")
    retracted = RetractedSerializer(many=True, help_text="Retracted statements that had the words.")
    coverage = SpeakerCoverageSerializer(
        many=True,
        help_text="How much the dataset has from each of `speakers`. That nothing was found does not mean"
        " that it was never said.",
    )

    class Meta:
        example = {
            "start": None,
            "end": None,
            "words": "altered",
            "speaker": "same",
            "date": "not_given",
            "outlet": "not_given",
            "outlets": [],
            "retracted": [],
        }


class NotReadSerializer(serializers.Serializer):
    """A quotation that was not checked."""

    quotation = serializers.IntegerField(min_value=0, help_text="Its index among the quotations, from 0.")
    start = serializers.IntegerField(allow_null=True, help_text="Where it begins in the text.")
    end = serializers.IntegerField(allow_null=True, help_text="Where it ends, exclusive.")
    reason = serializers.ChoiceField(
        choices=["time"], help_text="time: the request's time limit was reached."
    )


class CheckSerializer(serializers.Serializer):
    """What the dataset has of each quotation."""

    quotations = FindingSerializer(many=True, help_text="The quotations that were checked, in order.")
    not_read = NotReadSerializer(
        many=True, help_text="Quotations that were not checked: send them again, on their own."
    )
    dataset_version = serializers.IntegerField(min_value=0, help_text="The dataset's version.")

    class Meta:
        example = {"not_read": [], "dataset_version": 33}
