"""Finds the outlet of a page among the records; never guesses at an ambiguous name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError

from articles.ingest.material import Material, Received
from articles.ingest.truncation import blank_if_too_long
from articles.models import (
    UNKNOWN_OUTLET,
    Outlet,
    OutletDomain,
    OutletName,
)
from articles.reading.outlet_names import labels_named
from articles.reading.page import Page
from articles.reading.page.organisations import agency_called
from articles.services.outlets import create_outlet
from newsdb.addresses import host_of
from newsdb.models.any_of import AnyOf
from newsdb.models.prepared import Placeholder, Prepared
from newsdb.page_versions import unwrap
from newsdb.text import fold

#: How far into a text the name of its outlet is looked for: characters and lines.
_TOP_LENGTH, _TOP_LINES = 5000, 20
_owners = Prepared(
    lambda: (
        OutletDomain.objects.order_by()
        .filter(AnyOf("domain", values=Placeholder("hosts")))
        .values_list("domain", "outlet")
    )
)


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of a page's outlet and URL: as given by the submitter, and as declared by the page."""

    given_outlet: str
    given_url: str
    outlet: str = ""
    outlet_names: tuple[str, ...] = ()
    declared_url: str = ""
    declared_host: str = ""

    @property
    def url(self) -> str:
        """The page's URL, or "" if unknown."""
        return self.given_url or self.declared_url

    @property
    def host(self) -> str:
        """The host of the page's outlet, or ""."""
        return host_of(self.given_url) or host_of(self.declared_url) or self.declared_host

    @property
    def names_outlet(self) -> bool:
        """Whether anything says which outlet it is, even one that is not recorded yet."""
        return bool(self.given_outlet or self.outlet or self.host)


def identify(received: Received, page: Page) -> Identity:
    """Collect a page's outlet and URL as far as known; an archived page counts as its original."""
    identity = Identity(
        given_outlet=blank_if_too_long(Outlet, "name", received.given_outlet),
        given_url=unwrap(received.source_url),
        outlet=page.outlet,
        outlet_names=page.outlet_names,
        declared_url=received.declared.source_url,
        declared_host=received.declared.host,
    )
    printed = not received.declared.outlet
    return replace(identity, outlet="") if printed and _is_credit(page.outlet, identity.host) else identity


def _is_credit(name: str, host: str) -> bool:
    """Whether a printed name is that of an agency at another site: a credit, not the page's outlet."""
    return bool(host and agency_called(name)) and not labels_named(host, name)


def find_outlet(identity: Identity, owner: Outlet | None) -> Outlet | None:
    """Find a page's outlet: by the given name, else by the host, else by the names on the page.

    ``owner`` is the outlet at the page's host. A given name that no outlet has is taken as another name of
    the outlet at the given URL. Raises ``ValidationError`` if a name is ambiguous.
    """
    if identity.given_outlet:
        named = _outlet_named(identity.given_outlet, owner)
        return named or (owner if identity.given_url else None)
    if owner:
        return owner
    if named := _outlet_named(identity.outlet, None):
        return named
    others = (list(Outlet.objects.found_by(name)[:2]) for name in _other_names(identity))
    return next((found[0] for found in others if len(found) == 1), None)


def _other_names(identity: Identity) -> Sequence[str]:
    """Other names on a page that may be its outlet's; none if the first is certain, as one in its host is."""
    if identity.outlet and (not identity.host or labels_named(identity.host, identity.outlet)):
        return []
    return [name for name in identity.outlet_names if not _is_credit(name, identity.host)]


def find_printed_outlets(material: Material) -> set[str]:
    """Folded names of known outlets among a text's first lines, if the page itself seems to name none."""
    if material.page.outlet or material.received.media_type != "text/plain":
        return set()
    lines = material.received.text[:_TOP_LENGTH].splitlines()[:_TOP_LINES]
    keys = {fold(line) for line in lines} - {""}
    names = Outlet.objects.not_merged().filter(name_key__in=keys).values_list("name_key", flat=True)
    return {*names, *OutletName.objects.filter(key__in=keys).values_list("key", flat=True)}


def is_outlet_called(outlet: Outlet, name: str, url: str) -> bool:
    """Whether a given name is the outlet's; one that no outlet has is, if the outlet is at the given URL."""
    if fold(name) == outlet.name_key:
        return True
    found = list(Outlet.objects.found_by(name)[:20])
    return outlet in found or (not found and outlet_at_host(host_of(unwrap(url))) == outlet)


def outlet_at_host(host: str) -> Outlet | None:
    """The outlet that publishes at a host."""
    labels = host.split(".")
    # A page at news.gazette.example belongs to the Gazette, unless another outlet has that host.
    hosts = [".".join(labels[start:]) for start in range(len(labels) - 1)]
    owners = _owners.rows(hosts=hosts) if hosts else []
    _, owner = max(owners, key=lambda row: len(row[0]), default=("", None))
    return Outlet.objects.get(pk=owner) if owner else None


def _outlet_named(name: str, owner: Outlet | None) -> Outlet | None:
    """The outlet of this name; if there are several, the one at the page's URL."""
    found = list(Outlet.objects.found_by(name)[:20]) if name else []
    if len(found) > 1 and owner not in found:
        raise ValidationError(f"“{name}” may be more than one outlet: give the page's address.")
    return owner if owner in found else found[0] if found else None


def find_or_create_outlet(identity: Identity) -> Outlet:
    """The outlet that an identity names, created if it is new.

    Raises ``ValidationError`` if a name is ambiguous, or there is none.
    """
    return find_outlet(identity, outlet_at_host(identity.host)) or create_outlet_of(identity)


def create_outlet_of(identity: Identity) -> Outlet:
    """Create an outlet with the domain of the page's URL, which is also its name if the page prints none.

    Raises ``ValidationError`` if there is neither.
    """
    host = identity.host
    name = identity.given_outlet or identity.outlet or host
    if not name:
        raise ValidationError(
            "The page does not name its outlet, and its address is unknown: give the outlet or the address."
        )
    outlet = create_outlet(name)
    if "." in host and outlet_at_host(host) is None:
        _save_domain(outlet, host)
    return outlet


def unknown_outlet() -> Outlet:
    """The outlet of pages whose publisher is unknown."""
    unknown = Outlet.objects.not_merged().filter(name=UNKNOWN_OUTLET)
    return unknown.first() or create_outlet(UNKNOWN_OUTLET)


def learn_domain(outlet: Outlet, identity: Identity) -> str:
    """Record a page's host, which no outlet has, as a domain of its outlet; returns it, or "" if it is not.

    Anybody can print a name. So the host has to bear the name that the page prints of its outlet, and in the
    same form as a domain that the outlet has, if it has any: gazette.example and gazette.test, but not
    countygazette.test. Any other domain is for a curator to add.
    """
    host, name = identity.host, identity.given_outlet or identity.outlet
    bearing = labels_named(host, name)
    if not bearing:
        return ""
    domains = list(outlet.domains.values_list("domain", flat=True))
    if domains and not any(bearing.intersection(domain.split(".")[:-1]) for domain in domains):
        return ""
    _save_domain(outlet, host)
    return host


def _save_domain(outlet: Outlet, host: str) -> None:
    domain = OutletDomain(outlet=outlet, domain=host)
    domain.full_clean(validate_unique=False, validate_constraints=False)
    domain.save()
