"""The pages of the admin show every field that people may write."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import RequestFactory

#: Fields that a page shows in another way: what a field of the form sets, or an action, or a list of rows.
SHOWN_OTHERWISE = {
    "actormerge": {"merged", "moved", "survivor"},
    "outletmerge": {"merged", "moved", "survivor"},
    "article": {"published_on", "published_precision", "status"},
    "capture": {"extractor_version", "text"},
    "relatedlink": {"position", "published_on", "published_precision"},
    "statement": {"said_on", "said_precision", "text"},
}
PAGES = {
    model: page
    for model, page in admin.site._registry.items()
    if model._meta.app_label in ("actors", "articles")
}


@pytest.mark.django_db
@pytest.mark.parametrize("model", PAGES, ids=lambda model: model._meta.model_name)
def test_each_field_is_on_its_page(model, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = User.objects.create_superuser("ines")
    shown = {
        name
        for _, options in PAGES[model].get_fieldsets(request, model())
        for line in options["fields"]
        for name in ([line] if isinstance(line, str) else line)
    }
    fields = {field.name for field in model._meta.fields if field.editable and not field.primary_key}
    assert fields - shown == SHOWN_OTHERWISE.get(model._meta.model_name, set())
