"""The vocabulary of the sample. People, places and institutions are invented."""

FIRST_NAMES = (
    *("Mara", "Ivo", "Tessa", "Anselm", "Brida", "Corin", "Dagny", "Edric", "Fenna", "Gideon", "Hester"),
    *("Ilse", "Jorun", "Kestrel", "Lorcan", "Maud", "Nils", "Odette", "Piers", "Quilla", "Rufus", "Senna"),
    *("Torben", "Ulla", "Verity", "Wystan", "Ysolde", "Zoë", "Åse", "Łucja", "Bertil", "Clemency"),
)
LAST_NAMES = (
    *("Tellwright", "Brandeck", "Oakhanger", "Sandgrove", "Fairweather-Low", "Hollins", "Marchbank"),
    *("Nettleship", "Ravensby", "Stockholt", "Underwood-Kerr", "Vantongeren", "Wexholme", "Yarborne"),
    *("Ashgrove", "Birkenfell", "Coldstream-Vey", "Drinkhall", "Ellerbeck", "Fothergale", "Grimsdotter"),
    *("Havercroft", "Ingleborough", "Jessamy", "Kettlewick", "Lanternham", "Middlewood", "Norrgard"),
    *("van der Meere", "de la Roche-Tarn", "von Ostrand", "O’Quillan", "Pellingdon", "Skarsholm"),
)
#: Every fortieth speaker has this suffix.
SUFFIX = "Jr."

PLACES = (
    *("Lindmouth", "Thornwick", "Osterhaven", "Eastmere", "Quillby", "Dunmarsh", "Port Ellery", "Upper Tarn"),
    *("Castle Orrin", "Brackwater", "Calder Point", "Marrowfield"),
)
ORGANISATIONS = (
    *("Lindmouth City Council", "Thornwick District Council", "Harbour Authority of Osterhaven"),
    *("Ministry of Transport of Aldermoor", "Ministry of Health of Aldermoor", "Water Board of Eastmere"),
    *("Energy Board of Aldermoor", "Institute for Coastal Studies", "Court of Audit of Aldermoor"),
    *("Farmers’ Union of the Valley", "League of Teachers", "Norrline Ferries", "University of Quillby"),
    *("Tenants’ Association of Port Ellery", "Chamber of Trade of Dunmarsh", "Fishermen’s Guild"),
)
TITLES = (
    *(
        "Mayor of {place}",
        "Councillor",
        "Minister",
        "Spokesperson",
        "Director",
        "Chief engineer",
        "Professor",
    ),
    *("Chair", "Deputy minister", "Harbour master", "Head of planning", "Auditor general", "Secretary"),
)
SECTIONS = ("Politics", "Region", "Business", "Science", "Culture", "")

#: Topics, each with the subjects that headlines name.
TOPICS = {
    "Ferries": ("the night ferry", "the ferry timetable", "the new landing stage", "the Norrline contract"),
    "Schools": (
        "the school at the mill",
        "the teachers’ pay",
        "the exam reform",
        "the closure of small schools",
    ),
    "Water": ("the reservoir", "the water rates", "the old pipes", "the hosepipe ban"),
    "Energy": ("the wind farm", "the power line", "the heating subsidy", "the tidal plant"),
    "Harbour": ("the harbour wall", "the dredging", "the fish market", "the customs shed"),
    "Housing": ("the rent cap", "the empty houses", "the estate by the canal", "the building code"),
    "Health": ("the cottage hospital", "the ambulance rota", "the waiting list", "the vaccination plan"),
    "Budget": ("the budget", "the audit", "the reserve fund", "the new levy"),
    "Floods": ("the flood wall", "the warning system", "the lower meadows", "the relief fund"),
    "Rail": ("the valley line", "the level crossing", "the night train", "the station roof"),
}
HEADLINES = (
    "{Place} argues about {topic}",
    "What becomes of {topic}?",
    "{Place} waits for a decision on {topic}",
    "New figures on {topic} surprise {place}",
    "Dispute over {topic} goes on",
    "{Place} to vote on {topic} in {month}",
    "Doubts about {topic} grow in {place}",
    "Who pays for {topic}?",
    "A year on: {topic} and its critics",
    "{Place} gets its way on {topic}",
)

#: Sentences without the final full stop.
SENTENCES = (
    "We will not give up {topic} before {month}",
    "Nobody has asked the people of {place} about {topic}",
    "I have read the report on {topic}, and it is worse than I feared",
    "If nothing happens, {place} will be cut off by {month}",
    "We owe {place} an answer on {topic}, and it will have one by {month}",
    "There has been no plan for {topic} for {few} years",
    "My door is open to anyone in {place} who wants to talk about {topic}",
    "{number} families in {place} depend on {topic}",
    "I voted against it {few} years ago, and I would do so again",
    "We have {number} million for {topic}, and not a penny more",
    "Those who want to save {topic} should say what they would cut instead",
    "The people of {place} were promised this in {month}, and they have a right to it",
    "I do not know a single engineer who believes that",
    "It took us {few} months to agree on {topic}, and it was worth it",
    "You cannot run {topic} on goodwill alone",
    "We measured it {few} times, and the result is the same",
    "Whoever says that {topic} can wait has not been to {place} lately",
    "By {month} we will know whether {place} can afford it",
    "I was wrong about {topic}, and I say so",
    "Every household in {place} will feel this by {month}",
    "The last time we trusted them with {topic}, it cost us {number} million",
    "There is no danger for anyone in {place}",
    "It is not our task to decide about {topic}, it is our task to count",
    "We will put {topic} to a vote in {month}, whatever they say in {place}",
    "Ask me again in {month}, when we have more than {number} answers",
    "What happens to {topic} is decided in {place} and nowhere else",
    "I have heard {number} reasons against {topic} and not one for waiting",
    "Nothing about {topic} has been signed",
    "You will not find anyone in {place} who regrets it",
    "Of all that went wrong with {topic}, the weather was the least",
    "We asked {number} people in {place}, and {few} of them had ever heard of it",
    "Let them come to {place} and say it to our faces",
    "It is the first time in {few} years that {topic} comes before everything else",
    "Somebody will have to pay for {topic}, and it should not be {place}",
    "The tender for {topic} ends in {month}, and so far we have {few} bids",
    "I would rather have {topic} late than wrong",
    "We are talking to {place}, and we will talk until there is a result",
    "Of {number} complaints about {topic}, most came from {place}",
)
#: The second part of an interrupted quotation.
SECOND_SENTENCES = (
    "{Place} deserves better",
    "Anything else would be irresponsible",
    "That is a promise",
    "We have {few} weeks left",
    "The figures are there for all to see",
    "I say this as someone from {place}",
    "It will not be the last time",
    "And we will pay for it ourselves if we must",
)
FRAGMENTS = (
    *(
        "a scandal",
        "a step in the right direction",
        "long overdue",
        "an insult to {place}",
        "the wrong signal",
    ),
    *("not worth the paper", "a gift to {place}", "utterly unprepared", "a fair compromise", "out of touch"),
    *(
        "a house of cards",
        "the best news in {few} years",
        "reckless",
        "a textbook case",
        "no way to govern",
    ),
)
#: Indirect statements.
REPORTS = (
    "{topic} would cost {number} million more than planned",
    "the council of {place} had known of the delay since {month}",
    "a decision on {topic} would be made by {month}",
    "there were {number} applications and no money",
    "{place} would not take part in the scheme",
    "the work on {topic} would begin in {month}",
)
CUES = (
    "said",
    "said",
    "said",
    "told reporters",
    "added",
    "argued",
    "warned",
    "wrote",
    "announced",
    "explained",
)
AUDIENCES = ("the council", "the inquiry", "residents", "Coast Radio", "the committee", "a public meeting")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
