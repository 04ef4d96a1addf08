"""What is answered: representations, pages, problems, and answers that the client has already."""
