"""What editors write: the bodies of requests."""
