"""The page of an outlet."""

import pytest
from django.test import Client

from newsdb.admin import address_of
from tests.admin_pages import said
from tests.factories import OutletFactory

pytestmark = pytest.mark.django_db


def test_the_list_of_addresses_says_which_one_is_current(admin_client: Client) -> None:
    outlet = OutletFactory(slug="the-courier")
    outlet.slug = "oldport-courier"
    outlet.save()
    page = said(admin_client.get(address_of(outlet)))
    assert "the-courier Redirects to it" in page
    assert "oldport-courier The address now" in page
