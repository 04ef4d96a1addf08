"""A page of our own with twenty quotations, and characters before them that a browser counts as two."""

from typing import Any

from articles.ingest.load import Outcome
from articles.models import Proposal
from tests.articles.ingest.pages import load_text

HEAD = "The Lindle Observer\nMarch 21, 2025\nA long evening about the bell\nby Pernilla Quillfeather\n"
BODY = """\
The parish hall of Lindle Water was full on Thursday 🦆🔔, and the kettle never came off the boil.
“The bell will hang at the landing before the swallows are back,” said Odo Brannick, who farms nearby.
“I measured the beam twice and my brother measured it once more,” Brannick said.
“Nobody has asked the herons what they think of the noise,” said Mirela Tansy-Okoro of the noodle bar 𠮷鴨亭.
“They left for a week when the fiddlers came,” Tansy-Okoro said.
“A bell is cheaper than a foghorn and sounds better with soup,” she added.
“We have eleven hundred in the tin and need fourteen,” said Henrike Voss, the treasurer.
“The rest will come from the cake table, as it always does,” Voss said.
“I have never seen the tin go down between two meetings,” she added.
“The rope was spliced by the sea scouts of Lower Lindle 🪢 on a wet Sunday,” said Tomasz Pell, their leader.
“It has held a canoe, two tents and the assistant leader,” Pell said.
“I would trust it with the bell and with my grandmother,” he added.
“The road to the landing floods at the second bend every autumn,” said Ottilie Marsh, who drives the bus.
“I can hear a bell through fog but I cannot see a sign,” Marsh said.
“Give me a bell at ten to seven and I shall be there,” she added.
“The council has no view on the hour and hopes to keep it that way,” said Casimir Thornbury, the clerk.
“What we do have is a form, and the form has a box,” Thornbury said.
“Whoever rings it will have to tick the box,” he added.
“My grandfather rang the old one on the night the ice broke,” said Liesel Anker, who is ninety.
“He rang it until somebody brought him a sandwich,” Anker said.
“I still have the plate that it came on,” she added.
The meeting ended at ten, and the tin was heavier by the price of a very small lamp.
"""
PAGE = HEAD + BODY


def load_meeting(**facts: Any) -> Outcome:
    """The page, loaded: its proposals wait in the queue."""
    return load_text(PAGE, **facts)


def proposed(words: str) -> Proposal:
    """The one proposal that was read with these words in it."""
    return Proposal.objects.select_related("statement").get(words__contains=words)
