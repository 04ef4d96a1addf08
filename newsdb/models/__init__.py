from newsdb.models.change import Change
from newsdb.models.erasure import ErasedDigest, Erasure
from newsdb.models.grant import EditorGrant
from newsdb.models.token import Token

__all__ = ["Change", "EditorGrant", "ErasedDigest", "Erasure", "Token"]
