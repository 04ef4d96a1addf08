"""Explains errors of models and databases on admin pages, with a link to the conflicting record."""

from django.utils.html import format_html

from newsdb.admin.links import link_to
from newsdb.models.write_errors import conflicting_record, explain


def explain_with_link(error: Exception) -> list[str]:
    """The sentences of ``explain``. The last ends in a link to the conflicting record, if there is one."""
    sentences = explain(error)
    if record := conflicting_record(error):
        sentences[-1] = format_html("{} {}", sentences[-1], link_to(record))
    return sentences
