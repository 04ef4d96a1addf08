"""Anyone's program that reads the API."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.test import Client

Row = dict[str, Any]


def utc(moment: datetime) -> str:
    """A time as the API writes it."""
    return moment.isoformat().replace("+00:00", "Z")


class Reader:
    """An anonymous client. Paths are below ``/api/v1/``; a list as a parameter's value repeats it."""

    def __init__(self) -> None:
        self.client = Client()

    def get(self, path: str, **parameters: Any) -> Any:
        """Whatever comes back."""
        return self.client.get(f"/api/v1/{path}", parameters)

    def one(self, path: str) -> Row:
        """A record that is there."""
        response = self.get(path)
        assert response.status_code == 200, response.content
        return response.json()

    def rows(self, path: str, **parameters: Any) -> list[Row]:
        """The rows of a list that fits one page."""
        response = self.get(path, **parameters)
        assert response.status_code == 200, response.content
        assert response.json()["next"] is None
        return response.json()["results"]

    def found(self, path: str, **parameters: Any) -> list[int]:
        """The ids of those rows, in order."""
        return [row["id"] for row in self.rows(path, **parameters)]

    def pages(self, path: str, **parameters: Any) -> list[list[Row]]:
        """All pages of a list, by following ``next`` to the end."""
        pages, response = [], self.get(path, **parameters)
        while True:
            assert response.status_code == 200, response.content
            page = response.json()
            pages.append(page["results"])
            if page["next"] is None:
                return pages
            assert page["next"].startswith(f"{settings.PUBLIC_URL}/api/v1/{path}?")
            response = self.client.get(page["next"].removeprefix(settings.PUBLIC_URL))

    def problem(self, status: int, path: str, **parameters: Any) -> Row:
        """The problem that a request ends in."""
        response = self.get(path, **parameters)
        assert response.status_code == status, response.content
        assert response["Content-Type"] == "application/problem+json"
        return response.json()

    def fault(self, path: str, **parameters: Any) -> Row:
        """The one thing that is wrong with a request."""
        (error,) = self.problem(400, path, **parameters)["errors"]
        return error
