from newsdb.models.change import Change
from newsdb.models.token import Token

__all__ = ["Change", "Token"]
