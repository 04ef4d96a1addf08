from django.contrib import admin

from actors.models import ActorMerge
from newsdb.admin import Section
from newsdb.admin.merging import MergeAdmin


@admin.register(ActorMerge)
class ActorMergeAdmin(MergeAdmin):
    section, place = Section.PEOPLE, 2
