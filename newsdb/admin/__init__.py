"""What all pages of the admin share. Apps derive their model admins from ``AttributedAdmin``."""

from django.contrib import admin

from newsdb.admin import ledger, tokens
from newsdb.admin.addresses import AddressedMixin, AddressInline
from newsdb.admin.attributed import AttributedAdmin
from newsdb.admin.autocomplete import AutocompleteMixin, autocomplete_view
from newsdb.admin.dates import PartialDateField, partial_date
from newsdb.admin.forms import AttributedForm, ReasonForm, RecordForm
from newsdb.admin.home import each_context, index
from newsdb.admin.links import address_of, link_to, list_of
from newsdb.admin.ordering import PositionedForm, PositionedFormSet
from newsdb.admin.reasons import AT_ONCE, act_with_reason
from newsdb.admin.sections import Section

__all__ = [
    "AT_ONCE",
    "AddressInline",
    "AddressedMixin",
    "AttributedAdmin",
    "AttributedForm",
    "AutocompleteMixin",
    "PartialDateField",
    "PositionedForm",
    "PositionedFormSet",
    "ReasonForm",
    "RecordForm",
    "Section",
    "act_with_reason",
    "address_of",
    "ledger",
    "link_to",
    "list_of",
    "partial_date",
    "tokens",
]

admin.site.site_header = admin.site.site_title = "newsdb"
admin.site.index_title = "Who said what, when, and where it is printed"
# The lists need the full width; base_site.html has the same links in the header.
admin.site.enable_nav_sidebar = False
admin.site.index = index  # type: ignore[method-assign,assignment]
admin.site.autocomplete_view = autocomplete_view  # type: ignore[method-assign]
admin.site.each_context = each_context  # type: ignore[method-assign]
