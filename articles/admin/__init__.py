from articles.admin import articles, captures, outlets, related, statements

__all__ = ["articles", "captures", "outlets", "related", "statements"]
