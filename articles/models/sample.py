"""The invented dataset that ``manage.py load_sample`` loads, and how it is recognised."""

from uuid import NAMESPACE_DNS, uuid5

from articles.models.outlet import Outlet
from newsdb.models.version_cache import cached_per_version

#: The sample's outlets and their domains, which are reserved for examples.
OUTLETS = {
    "The Lindmouth Courier": "lindmouth-courier.example",
    "Harbour Gazette": "harbour-gazette.example",
    "The Thornwick Post": "thornwick-post.example",
    "Aldermoor Times": "aldermoor-times.example",
    "Osterhaven Herald": "osterhaven-herald.example",
    "The Eastmere Observer": "eastmere-observer.example",
    "Northern Ledger": "northern-ledger.example",
    "Coast Radio": "coast-radio.example",
    "The Daily Ferryman": "daily-ferryman.example",
    "Valley Dispatch": "valley-dispatch.example",
    "The Quillby Examiner": "quillby-examiner.example",
    "Dunmarsh Weekly": "dunmarsh-weekly.example",
}
#: The outlets' uids, which are independent of the seed, and the same if a release of the sample was imported.
OUTLET_UIDS = {name: uuid5(NAMESPACE_DNS, domain) for name, domain in OUTLETS.items()}


@cached_per_version(1)
def holds_sample() -> bool:
    """Whether the sample dataset is loaded here, so that pages can say so."""
    return Outlet.objects.filter(uid__in=OUTLET_UIDS.values()).exists()
