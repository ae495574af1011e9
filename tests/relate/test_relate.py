"""Pages that belong together find one another, with the reasons why."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest
from relate.making import Arrow, changed, graph_of, page, related, uris

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.model import PageUri, Reason
from mkdocs_backlinks.relate import relate
from mkdocs_backlinks.settings import RelatedSettings

TOPICS = {
    "raster.md": "Raster bands of satellite images are warped and clipped with the geospatial toolbox.",
    "vector.md": "Clip polygons of satellite images: the geospatial toolbox turns raster bands into layers.",
    "quota.md": "Billing units are granted to a project, and the project quota is spent by batch jobs.",
    "jobs.md": "Batch jobs of a project spend billing units until the quota is used up.",
    "login.md": "Sign in with a password and a second factor, or reset a forgotten passphrase.",
    "mfa.md": "The second factor is a code from a phone, asked for when you sign in after the password.",
    "cats.md": "Purring whiskers nap on warm windowsills.",
    "music.md": "Violins tune to the oboe before any concert.",
    "bread.md": "Sourdough rises overnight beneath linen.",
    "ships.md": "Anchors hold vessels against swelling tides.",
}
"""Ten pages, three pairs of which are about the same; the others have nothing to do with anything."""


@pytest.mark.parametrize(
    ("uri", "neighbour"),
    [
        ("raster.md", "vector.md"),
        ("vector.md", "raster.md"),
        ("quota.md", "jobs.md"),
        ("jobs.md", "quota.md"),
        ("login.md", "mfa.md"),
        ("mfa.md", "login.md"),
    ],
)
def test_texts_about_the_same_find_one_another_on_a_tiny_site(uri: str, neighbour: str) -> None:
    assert uris(related(graph_of(TOPICS), uri)) == [neighbour]


@pytest.mark.parametrize("uri", ["cats.md", "music.md", "bread.md", "ships.md"])
def test_a_page_with_nothing_near_shows_nothing(uri: str) -> None:
    assert related(graph_of(TOPICS), uri) == ()


@pytest.mark.parametrize("size", [10, 60, 600])
def test_two_weak_words_in_common_are_not_enough(size: int) -> None:
    """Whatever the size of the site, when each page has forty words of its own."""
    pages = {f"p{number}.md": " ".join(f"own{number}x{word}" for word in range(40)) for number in range(size)}
    for number in range(2):
        pages[f"p{number}.md"] += " usually therefore"
    assert related(graph_of(pages), "p0.md") == ()
    assert uris(related(graph_of(pages), "p0.md", min_score=0)) == ["p1.md"]


def test_near_texts_score_alike_on_small_and_large_sites() -> None:
    """The same pair among eight and among four hundred other pages."""
    scores = []
    for others in (8, 400):
        pages = {"raster.md": TOPICS["raster.md"], "vector.md": TOPICS["vector.md"]}
        pages |= {
            f"p{number}.md": " ".join(f"own{number}x{word}" for word in range(12)) for number in range(others)
        }
        (found,) = related(graph_of(pages), "raster.md")
        scores.append(found.score)
    assert scores[0] == pytest.approx(scores[1], abs=0.1)
    assert min(scores) > 0.05


CHAIN: list[Arrow] = [("a.md", "b.md"), ("b.md", "c.md"), ("d.md", "a.md")]
LINKED = dict.fromkeys(["a.md", "b.md", "c.md", "d.md", "e.md"], "")


def test_links_lead_to_neighbours_and_to_their_neighbours() -> None:
    found = related(graph_of(LINKED, CHAIN), "a.md", skip_linked=False)
    assert uris(found) == ["b.md", "d.md", "c.md"]
    assert [one.reasons for one in found] == [
        (Reason("linked_from_here"),),
        (Reason("links_here"),),
        (Reason("shared_neighbours", ("b",)),),
    ]


def test_pages_that_are_linked_already_are_left_out() -> None:
    assert uris(related(graph_of(LINKED, CHAIN), "a.md")) == ["d.md", "c.md"]


def test_links_both_ways_give_both_reasons() -> None:
    (found,) = related(
        graph_of({"a.md": "", "b.md": ""}, [("a.md", "b.md"), ("b.md", "a.md")]), "a.md", skip_linked=False
    )
    assert found.reasons == (Reason("links_here"), Reason("linked_from_here"))


def test_shared_terms_are_shown_as_most_pages_write_them() -> None:
    pages = {"a.md": "OrfeoToolBox warps LUMI rasters.", "b.md": "ORFEOTOOLBOX, lumi and Rasters."}
    pages |= {"c.md": "OrfeoToolBox", "d.md": "LUMI", "e.md": "rasters"} | TOPICS
    first, *_ = related(graph_of(pages), "a.md")
    assert first.page == "b.md"
    assert first.reasons[0] == Reason("shared_terms", ("OrfeoToolBox", "rasters", "LUMI"))


def test_shared_characters_are_shown_as_the_word_they_make_up() -> None:
    pages = dict(TOPICS) | {"a.md": "备份数据库。", "b.md": "恢复数据库！"}
    (found,) = related(graph_of(pages), "a.md")
    assert found.reasons == (Reason("shared_terms", ("数据库",)),)


def test_a_page_that_is_named_in_the_text_is_related() -> None:
    """An unlinked mention, by title or by the words that others link with."""
    pages = [page(uri, text) for uri, text in TOPICS.items()]
    pages += [
        page("x.md", "Then ask the Night Porter for it.", "Keys"),
        page("y.md", "At the desk.", "Night porter"),
    ]
    (found,) = related(graph_of(pages), "x.md")
    assert (found.page, found.reasons) == ("y.md", (Reason("shared_terms", ("Night porter",)),))
    pages[-1] = page("y.md", "At the desk.", "Desk staff")
    assert related(graph_of(pages), "x.md") == ()
    assert uris(related(graph_of(pages, [("cats.md", "y.md", "night porter")]), "x.md")) == [
        "y.md",
        "cats.md",
    ]


def test_words_that_many_pages_are_linked_with_name_none() -> None:
    pages = {f"p{number}.md": f"word{number} see here" for number in range(12)}
    arrows: list[Arrow] = [("p11.md", f"p{number}.md", "here") for number in range(10)]
    found = related(graph_of(pages, arrows), "p10.md", min_score=0)
    assert found == ()


PINNED = changed(
    graph_of(TOPICS), "quota.md", pinned=("cats.md", "gone.md", "quota.md", "music.md", "cats.md")
)


def test_pinned_pages_come_first_and_say_so() -> None:
    found = related(PINNED, "quota.md")
    assert uris(found) == ["cats.md", "music.md", "jobs.md"]
    assert [one.score for one in found[:2]] == [1.0, 1.0]
    assert [one.reasons[0] for one in found] == [Reason("pinned"), Reason("pinned"), found[2].reasons[0]]


def test_pinned_pages_stay_when_they_are_linked() -> None:
    linked = LinkGraph.of(PINNED.pages.values(), graph_of(TOPICS, [("quota.md", "cats.md")]).links)
    first = related(linked, "quota.md")[0]
    assert first.reasons == (Reason("pinned"), Reason("linked_from_here"))


def test_no_more_than_the_limit() -> None:
    assert uris(related(PINNED, "quota.md", limit=1)) == ["cats.md"]
    assert len(related(graph_of(LINKED, CHAIN), "a.md", limit=2, skip_linked=False)) == 2


def test_excluded_pages_never_appear_not_even_pinned() -> None:
    graph = changed(PINNED, "quota.md", unrelated=frozenset({"cats.md", "jobs.md"}))
    assert uris(related(graph, "quota.md")) == ["music.md"]


def test_equal_scores_keep_the_order_of_the_site() -> None:
    arrows: list[Arrow] = [(f"{name}.md", "hub.md") for name in "zyxw"]
    pages = {"hub.md": "", **{f"{name}.md": "" for name in "ywzx"}}
    assert uris(related(graph_of(pages, arrows), "hub.md")) == ["y.md", "w.md", "z.md", "x.md"]


def test_scores_are_in_range_rounded_and_descending() -> None:
    graph = graph_of(TOPICS, list(itertools.permutations(TOPICS, 2))[::7])
    for found in relate(graph, RelatedSettings(limit=10, min_score=0, skip_linked=False)).values():
        scores = [one.score for one in found]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 and score == round(score, 4) for score in scores)


@pytest.mark.parametrize("least", [0.0, 0.05, 0.2, 0.9])
def test_the_least_score_cuts_and_changes_nothing_else(least: float) -> None:
    graph = graph_of(TOPICS, [("raster.md", "quota.md"), ("quota.md", "mfa.md"), ("jobs.md", "raster.md")])
    everything = relate(graph, RelatedSettings(limit=100, min_score=0))
    for uri, found in relate(graph, RelatedSettings(limit=100, min_score=least)).items():
        assert found == tuple(one for one in everything[uri] if one.score >= least)


@pytest.mark.parametrize("others", [4, 30, 300])
def test_a_list_of_all_pages_is_nothing_to_read(others: int) -> None:
    """Two pages link to `a.md`; one of them links to everything."""
    pages = dict.fromkeys(("list.md", "a.md", "read.md", *(f"p{number}.md" for number in range(others))), "")
    arrows: list[Arrow] = [*(("list.md", name) for name in pages), ("read.md", "a.md")]
    assert uris(related(graph_of(pages, arrows), "a.md")) == ["read.md"]


def test_a_page_with_more_links_stands_behind_a_page_to_read() -> None:
    pages = dict.fromkeys(("many.md", "a.md", "read.md", *(f"p{number}.md" for number in range(30))), "")
    arrows: list[Arrow] = [*(("many.md", f"p{number}.md") for number in range(9)), ("many.md", "a.md")]
    assert uris(related(graph_of(pages, [*arrows, ("read.md", "a.md")]), "a.md"))[:2] == [
        "read.md",
        "many.md",
    ]


TWINS = [
    ("v1/quota.md", "v2/quota.md"),
    ("1.0/quota.md", "latest/quota.md"),
    ("en/quota.md", "fr/quota.md"),
    ("quota.md", "quota.pt-BR.md"),
    ("a/quota.md", "b/copy.md"),
]


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_versions_translations_and_copies_of_a_page_take_one_place(one: str, other: str) -> None:
    pages = [page(uri, text) for uri, text in TOPICS.items() if uri != "quota.md"]
    pages += [page(uri, TOPICS["quota.md"], "Quota") for uri in (one, other)]
    assert uris(related(graph_of(pages), "jobs.md")) == [one]


def test_pages_of_one_name_in_two_folders_are_no_twins() -> None:
    pages = [page("jobs.md", TOPICS["jobs.md"]), page("js/quota.md", TOPICS["quota.md"], "Quota")]
    pages += [page("go/quota.md", "Project quota and billing units of batch systems.", "Quota")]
    pages += [page(uri, TOPICS[uri]) for uri in ("cats.md", "music.md", "bread.md", "ships.md", "login.md")]
    assert sorted(uris(related(graph_of(pages), "jobs.md"))) == ["go/quota.md", "js/quota.md"]


PLAIN = [
    "First of all log in and then open the console as shown in the picture with the keys.",
    "Then go in by the back door, and take the stairs as far as they go with care.",
    "Put flour in a bowl with salt, then leave it as it is for an hour.",
]


def test_ordinary_words_are_no_reason_on_a_tiny_site() -> None:
    """Where there are three pages, every word is rare; `in` and `then` still say nothing."""
    graph = graph_of({f"p{number}.md": text for number, text in enumerate([*PLAIN, *TOPICS.values()])})
    named = {
        name
        for found in relate(graph, RelatedSettings(min_score=0, limit=20)).values()
        for one in found
        for reason in one.reasons
        if reason.kind == "shared_terms"
        for name in reason.names
    }
    assert not named & {"in", "In", "then", "Then", "with", "the", "as", "it", "and", "all"}
    assert {"geospatial", "satellite", "project", "password"} <= named


SCRIPT = """
import sys; sys.path.insert(0, sys.argv[1])
from relate.test_relate import TOPICS
from relate.making import graph_of
from mkdocs_backlinks.relate import equity, relate
from mkdocs_backlinks.settings import RelatedSettings
arrows = [("cats.md", "mfa.md", "second factor"), ("jobs.md", "login.md"), ("mfa.md", "quota.md")]
graph = graph_of(TOPICS, arrows)
print(relate(graph, RelatedSettings(min_score=0, skip_linked=False)), equity(graph))
"""


def test_the_same_site_gives_the_same_result_in_every_process() -> None:
    """Sets are ordered by hashes, and hashes differ from process to process."""
    folder = str(Path(__file__).parent.parent)
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT, folder],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1


def test_every_page_is_in_the_result_in_the_order_of_the_site() -> None:
    assert list(relate(graph_of(TOPICS), RelatedSettings())) == list(map(PageUri, TOPICS))


def test_shared_tags_count_like_headings() -> None:
    """Two pages that have no word in common but what their authors filed them under."""
    graph = graph_of(TOPICS)
    assert related(graph, "cats.md", min_score=0) == ()
    for uri in ("cats.md", "ships.md"):
        graph = changed(graph, uri, tags=("Leisurely pastimes",))
    (found,) = related(graph, "cats.md", min_score=0)
    assert (found.page, found.reasons) == ("ships.md", (Reason("shared_terms", ("leisurely", "pastimes")),))
