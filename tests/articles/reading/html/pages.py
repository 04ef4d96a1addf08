"""HTML pages of three shapes, all of our own writing: JSON-LD, meta tags, and neither."""

from __future__ import annotations

from tests.articles.reading.page.pages import DECK, NOTE, PARAGRAPHS

HEADLINE = "Ferry society picks a bell over a horn"
ADDRESS = "https://observer.lindle.example/local/bell"
BODY = "".join(f"<p>{paragraph}</p>\n" for paragraph in (*PARAGRAPHS, NOTE))

#: A graph in which the article is one node of several.
LINKED_DATA = f"""<!doctype html>
<html lang="en-GB"><head><title>Bell! | The Lindle Observer</title>
<script type="application/ld+json">
{{"@context": "https://schema.org", "@graph": [
  {{"@type": "WebPage", "name": "Local news"}},
  {{"@type": ["NewsArticle", "Thing"], "headline": "{HEADLINE}", "description": "{DECK}",
    "datePublished": "2025-03-11T06:00:00+01:00", "dateModified": "2025-03-12T06:00:00+01:00",
    "articleSection": ["Local", "Boats"], "inLanguage": "en-GB",
    "author": [{{"@type": "Person", "name": "Ada Example"}}, {{"@type": "Person", "name": "Odo Brannick"}}],
    "publisher": {{"@type": "Organization", "name": "The Lindle Observer"}},
    "mainEntityOfPage": {{"@type": "WebPage", "@id": "{ADDRESS}"}}}}]}}
</script></head>
<body><nav><a href="/">Home</a> <a href="/local">Local</a></nav>
<main><article><h1>{HEADLINE}</h1><p class="deck">{DECK}</p>
{BODY}</article></main><footer><p>Copyright 2025</p></footer></body></html>"""

#: Meta tags only, an address of its own, no article element.
META_TAGS = f"""<html lang="en"><head>
<title>{HEADLINE} - The Lindle Observer</title>
<meta property="og:title" content="{HEADLINE}">
<meta property="og:site_name" content="The Lindle Observer">
<meta property="og:locale" content="en_GB">
<meta property="og:description" content="A summary that the page does not print.">
<meta property="article:published_time" content="2025-03-11">
<meta property="article:section" content="Local">
<meta name="author" content="By Ada Example and Odo Brannick">
<link rel="canonical" href="{ADDRESS}"></head>
<body><div id="top"><a href="/">Home</a></div><div class="content"><h1>{HEADLINE}</h1>
{BODY}</div></body></html>"""

#: What a page of 1998 declares: nothing.
BARE = f"""<html><head><title>{HEADLINE} | The Lindle Observer</title></head>
<body><h1>{HEADLINE}</h1><div class="byline">By Ada Example</div>
<article><time datetime="2025-03-11">11 March</time>
{BODY}</article></body></html>"""
