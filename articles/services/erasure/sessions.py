"""Pending messages in a session may contain erased words; they are encoded, so the session ends."""

from django.contrib.sessions.models import Session

from articles.services.erasure.matching import WordsMatcher


def end_sessions(matcher: WordsMatcher) -> None:
    """End the sessions that contain the words; their users log in again."""
    for session in Session.objects.iterator():
        if matcher.matches_any(session.get_decoded()):
            session.delete()
