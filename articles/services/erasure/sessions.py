"""Ends sessions whose pending messages contain erased words: they are encoded, so cannot be edited."""

from django.contrib.sessions.models import Session

from articles.services.erasure.matching import WordsMatcher


def end_sessions(matcher: WordsMatcher) -> None:
    """Delete the sessions that contain the words; their users have to log in again."""
    for session in Session.objects.iterator():
        if matcher.matches_any(session.get_decoded()):
            session.delete()
