"""A streamed answer that a test does not read to its end."""

import threading
from typing import Any

import pytest
from django.core.signals import request_finished
from django.test.client import closing_iterator_wrapper

pytestmark = pytest.mark.any_store


def test_it_can_be_closed_whatever_the_thread_is_doing() -> None:
    def close() -> None:
        stream: Any = closing_iterator_wrapper(iter([b"a", b"b"]), lambda: None)
        next(stream)
        with request_finished.lock:
            stream.close()

    closing = threading.Thread(target=close, daemon=True)
    closing.start()
    closing.join(3)
    assert not closing.is_alive()
