"""What is asked: the query string, the body, who asks and how often."""
