import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone

from actors.querysets import ActorQuerySet
from newsdb.addresses import RESERVED_RULE, RESERVED_SLUG, SLUG, WIKIDATA_ID
from newsdb.ledger import Part, Record
from newsdb.models.constraints import clean_text, matches, one_of
from newsdb.models.fields import CharField, IdentityField, KeyField
from newsdb.models.querysets import NaturalKey, QuerySet
from newsdb.models.slugs import Address, check_address
from newsdb.text import fold_name


class Kind(models.TextChoices):
    PERSON = "person"
    ORGANISATION = "organisation"


class Actor(NaturalKey):
    """A person or an organisation: a speaker if it has statements, an author if it has bylines."""

    record = Record(
        "actor",
        public="{row}.merged_into_id IS NULL",
        actions={"merged": "{row}.merged_into_id IS NOT NULL"},
        private=("name_key",),
    )
    reference = ("slug", "name", "kind", "wikidata_id")

    uid = IdentityField(
        unique=True,
        default=uuid.uuid4,
        editable=False,
        help_text="Permanent identifier, the same in exports and in the change feed.",
    )
    kind = CharField(max_length=12, choices=Kind, default=Kind.PERSON, help_text="person or organisation.")
    name = CharField(max_length=200, help_text="The name it is displayed under.")
    name_key = KeyField(source="name", key=fold_name, db_index=True)
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
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        # The merged actor's old addresses redirect to the survivor.
        on_delete=models.PROTECT,
        related_name="absorbed",
        help_text="The actor that this one was merged into.",
    )
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ActorQuerySet.as_manager()
    natural_key_fields = ("slug",)

    class Meta:
        ordering = ["name_key", "id"]
        indexes = [models.Index(fields=["kind"], name="actors_actor_of_kind")]
        constraints = [
            one_of("actors_actor_kind", "kind", Kind),
            clean_text("actors_actor_clean_text", "name"),
            matches(
                "actors_actor_slug", "slug", SLUG, "A slug consists of lower-case words joined by hyphens."
            ),
            models.CheckConstraint(
                name="actors_actor_slug_reserved",
                condition=~models.Q(slug__regex=RESERVED_SLUG),
                violation_error_message=RESERVED_RULE,
            ),
            models.CheckConstraint(
                name="actors_actor_wikidata_id",
                condition=models.Q(wikidata_id=None) | models.Q(wikidata_id__regex=WIKIDATA_ID),
                violation_error_message="A Wikidata id is Q followed by a number.",
            ),
            models.CheckConstraint(
                name="actors_actor_named",
                condition=~models.Q(name=""),
                violation_error_message="An actor needs a name.",
            ),
            models.CheckConstraint(
                name="actors_actor_not_merged_into_itself",
                condition=models.Q(merged_into=None) | ~models.Q(merged_into=models.F("id")),
                violation_error_message="An actor cannot be merged into itself.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Check that no other actor has its slug. A merged actor's slugs belong to the survivor."""
        check_address(self, shared_with=self.merged_into_id)


class ActorName(NaturalKey):
    """Another name an actor is known by; two actors may share one."""

    record = Part(of="actor", name="names", private=("key",))

    # A name is useless without its actor.
    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="names")
    name = CharField(max_length=200, help_text="Case and accents are ignored in searches for it.")
    key = KeyField(source="name", key=fold_name, db_index=True)

    objects = QuerySet.as_manager()
    natural_key_fields = ("actor__slug", "name")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "name"],
                name="actors_actorname_once_an_actor",
                violation_error_message="This actor already has this name.",
            ),
            clean_text("actors_actorname_clean_text", "name"),
            models.CheckConstraint(
                name="actors_actorname_named",
                condition=~models.Q(name=""),
                violation_error_message="A name cannot be empty.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ActorSlug(Address):
    """Every slug an actor has ever had. Database triggers record each new ``Actor.slug`` here."""

    record = Part(of="actor", name="slugs")
    owner = "actor"

    actor = models.ForeignKey(
        Actor,
        # The address stays taken, so that an old link never leads to somebody else.
        on_delete=models.SET_NULL,
        null=True,
        related_name="slugs",
    )
