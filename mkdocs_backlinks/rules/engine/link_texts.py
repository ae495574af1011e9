"""Recognise link texts that say nothing, in ten languages, and find better ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Link, PageUri
from mkdocs_backlinks.rules.engine.base import Facts

# Whole texts only, and none that would do as the heading of a page: "Details" and "Download" say something.
VAGUE_TEXTS: Mapping[str, str] = {
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
_BY_LANGUAGE = {language: frozenset(texts.split(", ")) for language, texts in VAGUE_TEXTS.items()}
_ALL = frozenset().union(*_BY_LANGUAGE.values())
_LONGEST = max(map(len, _ALL))
_ORNAMENT = 8
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


def is_vague(text: str, language: str) -> bool:
    """True if a text says nothing on a page of this language, such as `pt-BR`.

    English counts everywhere, and all languages where that of the page is not known.
    """
    if len(text) > _LONGEST + _ORNAMENT:
        return False
    bare = normalized(text)
    if bare not in _ALL:
        return False
    code = language.replace("_", "-").partition("-")[0].lower()
    return code not in _BY_LANGUAGE or bare in _BY_LANGUAGE[code] or bare in _BY_LANGUAGE["en"]


def normalized(text: str) -> str:
    """Return a text without what makes no difference: capitals, width, runs of space, marks around it."""
    return _EDGES.sub("", " ".join(unicodedata.normalize("NFKC", text).casefold().split()))


def target_title(link: Link, facts: Facts) -> str | None:
    """Return the title of what a link leads to: the heading of its fragment, or the page."""
    page = facts.graph.pages.get(PageUri(link.target)) if link.kind == "page" else None
    if page is None:
        return None
    fragment = urls.decode_fragment(link.fragment or "")
    heading = next((item.text for item in page.headings if fragment and item.id == fragment), "")
    return heading or page.title or None
