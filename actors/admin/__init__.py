from actors.admin import actor, merges

__all__ = ["actor", "merges"]
