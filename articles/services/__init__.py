"""Rules about records that the API, the admin and the pages all follow, each written once."""
