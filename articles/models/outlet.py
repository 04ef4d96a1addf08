import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone

from articles.querysets import OutletQuerySet
from newsdb.addresses import DOMAIN, RESERVED_RULE, RESERVED_SLUG, SLUG, WIKIDATA_ID
from newsdb.ledger import Part, Record
from newsdb.models.constraints import clean_text, matches, one_of
from newsdb.models.fields import CharField, IdentityField, KeyField
from newsdb.models.merging import Merge
from newsdb.models.querysets import NaturalKey, QuerySet
from newsdb.models.slugs import Address, check_address

#: The name of the outlet of articles whose publisher is unknown.
UNKNOWN_OUTLET = "[unknown outlet]"


class TextPolicy(models.TextChoices):
    """How much captured text the public sees, beyond the quoted words and 32 code points either side."""

    NONE = "none"
    EXCERPT = "excerpt", "excerpt (300 code points around each anchor)"
    FULL = "full"


class Outlet(NaturalKey):
    """Who publishes."""

    record = Record(
        "outlet",
        public="{row}.merged_into_id IS NULL",
        actions={"merged": "{row}.merged_into_id IS NOT NULL"},
        private=("name_key",),
    )
    reference = ("slug", "name")

    uid = IdentityField(
        unique=True,
        default=uuid.uuid4,
        editable=False,
        help_text="Permanent identifier, the same in exports and in the change feed.",
    )
    name = CharField(
        max_length=200,
        help_text=f"As the outlet calls itself; {UNKNOWN_OUTLET} for articles whose publisher is unknown.",
    )
    name_key = KeyField(source="name", db_index=True)
    slug = CharField(
        max_length=100,
        unique=True,
        validators=[RegexValidator(SLUG, "Lower-case words joined by hyphens.")],
        help_text="Its current slug in addresses; former slugs keep working.",
    )
    wikidata_id = CharField(
        max_length=12,
        unique=True,
        null=True,
        blank=True,
        validators=[RegexValidator(WIKIDATA_ID, "Q followed by a number, such as Q3874799.")],
        help_text="Its Wikidata id, or null if unknown.",
    )
    text_policy = CharField(
        max_length=7,
        choices=TextPolicy,
        default=TextPolicy.NONE,
        help_text="How much captured text is public: none, excerpt (300 code points around each anchor) or"
        " full.",
    )
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        # The merged outlet's old addresses redirect to the survivor.
        on_delete=models.PROTECT,
        related_name="absorbed",
        help_text="The outlet that this one was merged into.",
    )
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OutletQuerySet.as_manager()
    natural_key_fields = ("slug",)

    class Meta:
        ordering = ["name_key", "id"]
        constraints = [
            clean_text("articles_outlet_clean_text", "name"),
            one_of("articles_outlet_text_policy", "text_policy", TextPolicy),
            matches(
                "articles_outlet_slug", "slug", SLUG, "A slug consists of lower-case words joined by hyphens."
            ),
            models.CheckConstraint(
                name="articles_outlet_slug_reserved",
                condition=~models.Q(slug__regex=RESERVED_SLUG),
                violation_error_message=RESERVED_RULE,
            ),
            models.CheckConstraint(
                name="articles_outlet_wikidata_id",
                condition=models.Q(wikidata_id=None) | models.Q(wikidata_id__regex=WIKIDATA_ID),
                violation_error_message="A Wikidata id is Q followed by a number.",
            ),
            models.CheckConstraint(
                name="articles_outlet_named",
                condition=~models.Q(name=""),
                violation_error_message="An outlet needs a name.",
            ),
            models.CheckConstraint(
                name="articles_outlet_not_merged_into_itself",
                condition=models.Q(merged_into=None) | ~models.Q(merged_into=models.F("id")),
                violation_error_message="An outlet cannot be merged into itself.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Check that no other outlet has its slug. A merged outlet's slugs belong to the survivor."""
        check_address(self, shared_with=self.merged_into_id)


class OutletSlug(Address):
    """Every address an outlet has ever had. Database triggers record each new ``Outlet.slug`` here."""

    record = Part(of="outlet", name="slugs")
    owner = "outlet"

    outlet = models.ForeignKey(
        Outlet,
        # The slug stays taken, so that an old link never leads to another outlet.
        on_delete=models.SET_NULL,
        null=True,
        related_name="slugs",
    )


class OutletName(NaturalKey):
    """Another name an outlet prints or is known by; two outlets may share one."""

    record = Part(of="outlet", name="names", private=("key",))

    # A name is meaningless without its outlet.
    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="names")
    name = CharField(max_length=200, help_text="As printed; case and accents are ignored in searches for it.")
    key = KeyField(source="name", db_index=True)

    objects = QuerySet.as_manager()
    natural_key_fields = ("outlet__slug", "name")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["outlet", "name"],
                name="articles_outletname_once_an_outlet",
                violation_error_message="This outlet already has this name.",
            ),
            clean_text("articles_outletname_clean_text", "name"),
            models.CheckConstraint(
                name="articles_outletname_named",
                condition=~models.Q(name=""),
                violation_error_message="A name cannot be empty.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


BARE_DOMAIN = RegexValidator(DOMAIN, "Give a bare domain in lower case, such as thehill.com.")


class OutletDomain(NaturalKey):
    """A domain an outlet publishes on."""

    record = Part(of="outlet", name="domains")

    # A domain belongs to its outlet and is deleted with it.
    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="domains")
    domain = CharField(
        max_length=253,
        unique=True,
        validators=[BARE_DOMAIN],
        help_text="For example: thehill.com.",
    )

    objects = QuerySet.as_manager()
    natural_key_fields = ("domain",)

    class Meta:
        ordering = ["id"]
        constraints = [
            matches(
                "articles_outletdomain_domain",
                "domain",
                DOMAIN,
                "Give a bare domain in lower case, such as thehill.com.",
            )
        ]

    def __str__(self) -> str:
        return self.domain


class OutletMerge(Merge):
    """A merge of two outlets."""

    left_alone = ("articles.Statement.outlet",)
    inherited = ("wikidata_id",)

    # Neither outlet can be deleted while the merge exists: undoing it needs both.
    survivor = models.ForeignKey(Outlet, on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Outlet, on_delete=models.PROTECT, related_name="merges_away")

    @classmethod
    def check_mergeable(cls, survivor: Any, merged: Any) -> None:
        """Raise ``ValidationError`` if the two cannot be merged, or are two outlets to Wikidata."""
        super().check_mergeable(survivor, merged)
        ids = [outlet.wikidata_id for outlet in (survivor, merged) if outlet.wikidata_id]
        if len(ids) > 1:
            raise ValidationError(
                f"The outlets have different Wikidata ids, {ids[0]} and {ids[1]}: correct that first."
            )
