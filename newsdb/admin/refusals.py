"""Errors of models and databases as messages on pages, with a link to the conflicting record."""

from django.utils.html import format_html

from newsdb.admin.links import link_to
from newsdb.models.refusals import explain, record_in_the_way


def explain_with_link(error: Exception) -> list[str]:
    """The sentences of ``explain``; the last links to the conflicting record, if there is one."""
    sentences = explain(error)
    if record := record_in_the_way(error):
        sentences[-1] = format_html("{} {}", sentences[-1], link_to(record))
    return sentences
