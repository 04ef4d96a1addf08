"""Tokens for clients that are measured: ``python -m tests.bench.tokens DATABASE_URL N``.

They are of a user who is there for that, none was used yet, and those of an earlier run have ended.
"""

import os
import sys


def main(url: str, number: int) -> None:
    """Make the tokens, and print each in a line of its own."""
    os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "newsdb.settings"}
    import django

    django.setup()
    from django.contrib.auth.models import User

    from newsdb.models import Token

    user, _ = User.objects.get_or_create(username="bench", defaults={"is_superuser": True})
    Token.objects.filter(user=user).delete()
    for count in range(number):
        token = Token(name=f"bench {count}", user=user, scope="write")
        sys.stdout.write(f"{token.make_secret()}\n")
        token.save()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
