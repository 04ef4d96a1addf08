"""Messages that wait in a session may say what was erased; they are packed, so the session ends."""

from django.contrib.sessions.models import Session

from articles.services.erasure.wording import Wording


def end_sessions(wording: Wording) -> None:
    """End the sessions that hold the words; whoever had one logs in again."""
    for session in Session.objects.iterator():
        if wording.is_in_any(session.get_decoded()):
            session.delete()
