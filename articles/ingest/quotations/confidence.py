"""How sure a proposed quotation and its speaker are, by what evidence agreed."""

from __future__ import annotations

AUTOMATIC = 0.95
"""The threshold of the automatic tier: at or above it, a run may publish by itself."""
