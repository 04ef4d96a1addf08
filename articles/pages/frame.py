"""What the frame of every page shows of the dataset."""

from collections.abc import Callable

from django.http import HttpRequest

from articles.models.sample import holds_sample


def sample(request: HttpRequest) -> dict[str, Callable[[], bool]]:
    """``sample`` in templates: whether the records are invented; looked up only if it is shown."""
    return {"sample": holds_sample}
