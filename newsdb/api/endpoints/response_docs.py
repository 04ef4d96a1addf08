"""Declarations of a view's responses for the OpenAPI description."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Schema = dict[str, Any]


@dataclass(frozen=True)
class ResponseDoc:
    """A response other than success: when it occurs, and an example of its ``detail``."""

    when: str
    detail: str
    headers: tuple[str, ...] = ()
    members: Mapping[str, Any] = field(default_factory=dict)
