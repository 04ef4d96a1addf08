"""The conventions that all endpoints share: reading requests (``request``), reading rows from the database
(``rows``), writing responses (``response``), the views (``endpoints``) and their description (``openapi``).

The package imports no app.

An app's endpoint is a serializer, a filter set and a view, and one line in ``newsdb/urls.py``::

    class OutletSerializer(RowSerializer):
        \"\"\"Who publishes.\"\"\"

        url = Url("outlet-detail", "slug")

        class Meta:
            model = Outlet
            fields = ("slug", "name", "url", "wikidata_id")

    class OutletFilterSet(FilterSet):
        domain = TextFilter("domains__domain", many=True, help_text="A domain it publishes on.")

    class OutletViewSet(RecordViewSet):
        \"\"\"Outlets, by name.\"\"\"

        queryset = Outlet.objects.all()
        serializer_class = OutletSerializer  # and, where details show more, detail_serializer_class
        filterset_class = OutletFilterSet
        ordering = ("name_key", "id")
        lookup_field = "slug"

    router = Router()
    router.register("outlets", OutletViewSet, basename="outlet")
    urlpatterns = api_urls(router)
"""
