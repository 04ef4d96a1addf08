from actors.models.actor import Actor, ActorName, ActorSlug, Kind
from actors.models.duplicates import UnresolvedDuplicatesError, duplicate_rules, find_duplicates
from actors.models.merge import ActorMerge, merge_actors
from actors.models.role import Role

__all__ = [
    "Actor",
    "ActorMerge",
    "ActorName",
    "ActorSlug",
    "Kind",
    "Role",
    "UnresolvedDuplicatesError",
    "duplicate_rules",
    "find_duplicates",
    "merge_actors",
]
