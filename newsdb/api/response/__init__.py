"""What is answered: formats, pages, exports, problems, ETags and the response cache."""
