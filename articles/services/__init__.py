"""Rules about records that the API, the admin and the pages share."""
