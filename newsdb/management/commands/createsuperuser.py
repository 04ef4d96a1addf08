from django.contrib.auth.management.commands import createsuperuser

from newsdb.management.migrated import MigratedCommand


class Command(MigratedCommand, createsuperuser.Command):
    """Django's, which says what to do where the database is not migrated."""
