from django.contrib.auth.management.commands import createsuperuser

from newsdb.management.migrated import MigratedCommand


class Command(MigratedCommand, createsuperuser.Command):
    """Django's command, but it says what to do if the database is not migrated."""
