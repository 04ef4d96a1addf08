"""Which language a text is in, by its words and by what is declared."""

import pytest

from articles.reading.language import foreign_language, guess_language

ENGLISH = (
    "The kiln was lit again on Monday, and for the first time in a year the potters of the valley had"
    " something to burn in it. They said that it would stay lit until June, which is when the wood runs out."
)
FRENCH = (
    "Le four a été rallumé lundi, et pour la première fois depuis un an les potiers de la vallée avaient"
    " de quoi le nourrir. Ils disent qu’il restera allumé jusqu’en juin, quand le bois sera épuisé."
)
GERMAN = (
    "Der Ofen wurde am Montag wieder angezündet, und zum ersten Mal seit einem Jahr hatten die Töpfer des"
    " Tales etwas, das sie darin brennen konnten. Sie sagen, dass er bis Juni brennt, wenn das Holz ausgeht."
)
SWEDISH = (
    "Ugnen tändes igen på måndagen, och för första gången på ett år hade krukmakarna i dalen något att bränna"
    " i den. De säger att den ska brinna till juni, när veden tar slut och det inte finns mer att hämta."
)
ICELANDIC = (
    "Ofninn var kveiktur aftur á mánudaginn og í fyrsta sinn í heilt ár höfðu leirkerasmiðir dalsins eitthvað"
    " til þess að brenna. Þeir segja hann muni loga fram í júní, þegar viðurinn klárast."
)
GREEK = "Ο φούρνος άναψε ξανά τη Δευτέρα και οι αγγειοπλάστες της κοιλάδας είχαν κάτι να κάψουν."


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        (ENGLISH, "", "en"),
        (FRENCH, "", "fr"),
        (GERMAN, "", "de"),
        (SWEDISH, "", "sv"),
        (ENGLISH, "en-GB", "en-GB"),
        (FRENCH, "fr-CA", "fr-CA"),
        (ENGLISH, "fr", "en"),
        (FRENCH, "en-US", "fr"),
        (ICELANDIC, "is", "is"),
        (ICELANDIC, "en", "und"),
        (GREEK, "", "und"),
        (GREEK, "el", "el"),
        (GREEK, "en", "und"),
        ("The kiln is lit.", "", ""),
        ("The kiln is lit.", "en", "en"),
    ],
)
def test_the_words_decide_and_what_is_declared_where_they_do_not(text, declared, language):
    assert guess_language(text, declared) == language


@pytest.mark.parametrize(
    "text",
    [
        "« Le four tiendra », a déclaré Aline Perrot à Nantes.",
        "„Der Ofen hält“, sagte Greta Lang am Dienstag. „Noch“, ergänzte Jan Roth.",
        "“El horno aguanta”, dijo Inés Rey. “De momento”, añadió Luis Paz.",
        "“Il forno regge”, ha detto Sara Riva. “Per ora”, ha aggiunto Ugo Fabbri.",
        "“O forno aguenta”, disse Ana Reis. “Por enquanto”, acrescentou Rui Melo.",
        "“De oven houdt het”, zei Lotte Vos. “Voorlopig”, aldus Piet Smit.",
        "”Ugnen håller”, säger Ebba Lund. ”Än så länge”, enligt Nils Berg.",
        "„Piec wytrzyma”, powiedziała Ewa Nowak w poniedziałek. „Na razie” – dodał Jan Wilk.",
        FRENCH,
        GERMAN,
        SWEDISH,
        ICELANDIC,
        GREEK,
        "「窯は持ちます」と田中さんは述べた。",
    ],
)
def test_text_in_another_language_is_foreign_whatever_is_declared(text):
    assert foreign_language(text)
    assert foreign_language(text, "en")


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        "“Boats sink,” Ida Holm warned.",
        "“Nobody slept,” Jamil Al Saadouni told reporters.",
        "“It is late,” said Maria de la Cruz.",
        "“Ça va,” she said. Then Luis de la Vega left.",
        "TARN: No.",
        "",
    ],
)
def test_english_and_what_could_be_is_not_foreign(text):
    assert foreign_language(text) == foreign_language(text, "en-GB") == ""


def test_where_words_are_too_few_what_is_declared_decides():
    assert foreign_language("Holm: „Ja“", "de-AT") == "de-AT"
    assert foreign_language("“It floats,” said Holm.", "de") == ""
