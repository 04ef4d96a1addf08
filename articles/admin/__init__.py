from articles.admin import articles, captures, outlets, related, review, statements

__all__ = ["articles", "captures", "outlets", "related", "review", "statements"]
