"""Pending messages in a session may contain erased words; they are encoded, so the session ends."""

from django.contrib.sessions.models import Session

from articles.services.erasure.matching import Wording


def end_sessions(wording: Wording) -> None:
    """End the sessions that contain the words; their users log in again."""
    for session in Session.objects.iterator():
        if wording.is_in_any(session.get_decoded()):
            session.delete()
