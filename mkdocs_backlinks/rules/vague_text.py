"""Rule: a link whose text does not say where it leads."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Json, Link, PageUri
from mkdocs_backlinks.rules.base import Facts, Problem, rule

# Whole texts only, and none that would do as the heading of a page: "Details" and "Download" say something.
WORDS: Mapping[str, str] = {
    "de": "hier, hier klicken, klick hier, klicke hier, klicken sie hier, dieser link, diesem link, "
    "diesen link, diese seite, dieser seite, mehr, mehr dazu, mehr erfahren, mehr lesen, weiterlesen",
    "en": "click, click here, click me, click this, click this link, find out more, go here, here, "
    "learn more, link, look here, more, read more, right here, see here, see more, the link, this, "
    "this article, this document, this link, this one, this page, this site, this website",
    "es": "aquí, clic aquí, enlace, esta página, este enlace, haga clic aquí, haz clic aquí, leer más, "
    "más, pincha aquí, pulse aquí, saber más, ver más",
    "fr": "ce lien, cette page, clique ici, cliquer ici, cliquez ici, en savoir plus, ici, lien, "
    "lire la suite, lire plus, voir plus",
    "it": "clicca qui, fai clic qui, leggi di più, leggi tutto, per saperne di più, questa pagina, "
    "questo collegamento, questo link, qui, scopri di più",
    "ja": "ここ, ここをクリック, こちら, こちらから, こちらをクリック, このページ, このリンク, リンク, "
    "もっと見る, もっと読む, 続きを読む, 詳しくはこちら, 詳細はこちら",
    "nl": "deze link, deze pagina, hier, klik hier, lees meer, lees verder, meer, meer lezen",
    "pt": "aqui, clique aqui, esta página, este link, leia mais, ler mais, mais, saber mais, saiba mais, "
    "ver mais",
    "ru": "здесь, тут, сюда, жми сюда, нажмите здесь, нажмите сюда, кликните здесь, ссылка, эта ссылка, "
    "этой ссылке, по ссылке, по этой ссылке, подробнее, ещё, еще, узнать больше, читать далее, "
    "читать дальше",
    "zh": "这里, 这儿, 此处, 点击这里, 点击此处, 点此, 点这里, 链接, 此链接, 这个链接, 更多, 了解更多, "
    "阅读更多, 查看更多, 這裡, 這裏, 此處, 點擊這裡, 點擊此處, 點此, 按此, 連結, 此連結, 閱讀更多",
}
_VAGUE = frozenset(word for words in WORDS.values() for word in words.split(", "))
_LONGEST = max(map(len, _VAGUE))
_ORNAMENT = 8
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


@rule(severity="warn", scope="internal", kinds=("page", "asset", "external"))
def vague_text(link: Link, facts: Facts) -> Problem | None:
    """The text of a link does not say where the link leads.

    ## Why it matters
    Readers look over a page from link to link, and a screen reader can list the links alone: ten times
    "here" helps nobody. Search engines, too, learn what a page is about from the texts that lead to it.
    Lists for ten languages are built in; a text counts only when it is the whole text of the link.

    ## Example
    `To install it, click [here](install.md).`

    ## What to do
    Make the link of the words that name its target: `See [how to install it](install.md).` The title of
    the page that it leads to is nearly always a good text.
    """
    if len(link.text) > _LONGEST + _ORNAMENT or link.element != "a":
        return None
    if _plain(link.text) not in _VAGUE or _plain(link.text) in map(_plain, _names_of_target(link, facts)):
        return None
    title = _title(link, facts)
    what = f'"{title}"' if title else urls.without_credentials(link.target or link.href)
    known: dict[str, Json] = {"text": link.text, "title": title}
    return Problem(f'the text "{link.text}" does not say that the link leads to {what}', known)


def _title(link: Link, facts: Facts) -> str | None:
    """What the place that the link leads to is called: the heading there, or the page."""
    page = facts.graph.pages.get(PageUri(link.target)) if link.kind == "page" else None
    if page is None:
        return None
    fragment = urls.decode_fragment(link.fragment or "")
    heading = next((one.text for one in page.headings if fragment and one.id == fragment), "")
    return heading or page.title or None


def _plain(text: str) -> str:
    """A text without what makes no difference: capitals, width, runs of space, marks around it."""
    return _EDGES.sub("", " ".join(unicodedata.normalize("NFKC", text).casefold().split()))


def _names_of_target(link: Link, facts: Facts) -> Iterator[str]:
    """What the link may rightly be called: a page's title or heading, a project's name in an address."""
    if link.kind == "external" and (address := urls.parse(link.target)):
        yield from address.host.split(".")
        yield urls.decode_path(address.path).rstrip("/").rpartition("/")[2]
    page = facts.graph.pages.get(PageUri(link.target)) if link.kind == "page" else None
    if page:
        yield page.title
        yield from (heading.text for heading in page.headings)
