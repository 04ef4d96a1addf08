"""A breach, or more, of every rule about actors."""

import datetime

from tests.factories import ActorFactory, ActorMergeFactory, ActorNameFactory, ActorSlugFactory, RoleFactory
from tests.newsdb.models.breaches import ITSELF, Breach, with_nul, wrongly_dated

DAY = datetime.date(2024, 10, 23)

ACTORS = [
    Breach("actors_actor_kind", ActorFactory, {"kind": "machine"}),
    Breach("actors_actor_named", ActorFactory, {"name": ""}),
    *with_nul("actors_actor_clean_text", ActorFactory, "name"),
    *(
        Breach("actors_actor_slug", ActorFactory, {"slug": slug})
        for slug in (
            "",
            "Ada",
            "ada_example",
            "ada-",
            "-ada",
            "ada--example",
            "ada\n",
            "ad\u00e1",
            "ada example",
        )
    ),
    Breach("actors_actor_slug_reserved", ActorFactory, {"slug": "q42"}),
    Breach("actors_actor_slug_reserved", ActorFactory, {"slug": "export"}),
    *(
        Breach("actors_actor_wikidata_id", ActorFactory, {"wikidata_id": value})
        for value in ("", "42", "Q042", "q42", "Q42\n", "Q\u0664")
    ),
    Breach("actors_actor_not_merged_into_itself", ActorFactory, {"merged_into": ITSELF}, by=("update",)),
    Breach("actors_actorname_named", ActorNameFactory, {"name": ""}),
    *with_nul("actors_actorname_clean_text", ActorNameFactory, "name"),
    Breach(
        "actors_actorname_once_an_actor",
        ActorNameFactory,
        rival=lambda row: {"actor": row.actor},
        same=("name",),
    ),
    # An address that exists cannot be made to go away, nor to change.
    *(
        Breach("actors_actorslug_slug", ActorSlugFactory, {"slug": slug}, by=("bulk_create",))
        for slug in ("", "Ada", "ada\n")
    ),
    Breach("actors_actorslug_reserved", ActorSlugFactory, {"slug": "q42"}, by=("bulk_create",)),
    Breach("actors_actormerge_reasoned", ActorMergeFactory, {"reason": ""}),
    Breach(
        "actors_actormerge_one_at_a_time",
        ActorMergeFactory,
        rival=lambda row: {},
        same=("merged",),
    ),
]

ROLES = [
    Breach("actors_role_titled", RoleFactory, {"title": ""}),
    *with_nul("actors_role_clean_text", RoleFactory, "title"),
    *wrongly_dated("actors_role_started_precision", RoleFactory, "started_on", "started_precision"),
    *wrongly_dated("actors_role_ended_precision", RoleFactory, "ended_on", "ended_precision"),
    *(
        Breach(
            "actors_role_dates_in_order",
            RoleFactory,
            {"ended_on": ended, "ended_precision": precision},
            given={"started_on": DAY, "started_precision": "day"},
        )
        for ended, precision in [
            (datetime.date(2024, 10, 22), "day"),
            (datetime.date(2024, 9, 1), "month"),
            (datetime.date(2023, 1, 1), "year"),
        ]
    ),
    *(
        Breach(
            "actors_role_once",
            RoleFactory,
            given=given,
            rival=lambda row: {
                "actor": row.actor,
                "title": "Pilot",
                "organisation": row.organisation,
                "started_on": row.started_on,
                "started_precision": row.started_precision,
            },
            same=("title",),
        )
        for given in ({}, {"started_on": DAY, "started_precision": "day"})
    ),
]

BREACHES = [*ACTORS, *ROLES]
