from actors.models.actor import Actor, ActorName, ActorSlug, Kind
from actors.models.merge import ActorMerge
from actors.models.role import Role

__all__ = ["Actor", "ActorMerge", "ActorName", "ActorSlug", "Kind", "Role"]
