"""Input serializers: the request bodies that editors send."""
