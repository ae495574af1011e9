"""The sections in a browser, in every theme, light and dark, on narrow and wide screens."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from browsing import PRIMARY, THEMES, WIDTHS, Site, axe
from playwright.sync_api import Browser, Page, expect

SECTIONS = [".bl-around", ".bl-related", ".bl-backlinks"]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    yield opened
    context.close()


@pytest.mark.parametrize("theme", THEMES)
def test_sections_look_right(
    theme: str, page: Page, site_of: Callable[[str], Site], take: Callable[[Page, str], None]
) -> None:
    page.goto(site_of(theme).queue)
    violations = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for selector in SECTIONS:
            expect(page.locator(selector)).to_be_visible()
        assert sticking_out(page) == [], width
        take(page, f"{theme}-{width}")
        for details in page.locator(".bl-section details, details.bl-section").all():
            details.evaluate("one => one.open = true")
        assert sticking_out(page) == [], width
        violations += axe(page, ".bl-section") if width != 768 else []
    take(page, f"{theme}-open")
    assert violations == []


def sticking_out(page: Page) -> list[str]:
    """Return the elements of sections that reach beyond the window, or beyond what holds the section.

    The picture may be wider than the window, as it is in a box that scrolls.
    """
    elements: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(".bl-section, .bl-section :not(svg *, svg)")].filter(one => {
            const box = one.getBoundingClientRect(), edge = document.documentElement.clientWidth
            const outer = one.closest(".bl-section").parentElement.getBoundingClientRect()
            return box.width && (box.right > Math.min(edge, outer.right) + 1 || box.left < outer.left - 1)
        }).map(one => one.outerHTML.slice(0, 90))"""
    )
    return elements


def test_every_primary_colour_of_material_has_contrast(page: Page, site_of: Callable[[str], Site]) -> None:
    page.goto(site_of("material-dark").queue)
    page.add_style_tag(content="* { transition: none !important }")
    assert axe(page, ".bl-related", ["color-contrast"]) == []
    pale = page.evaluate(
        """async colours => {
            const pale = []
            for (const mdColorScheme of ["default", "slate"]) for (const mdColorPrimary of colours) {
                Object.assign(document.body.dataset, {mdColorScheme, mdColorPrimary})
                const found = await axe.run(".bl-related", {runOnly: ["color-contrast"]})
                if (found.violations.length) pale.push([mdColorScheme, mdColorPrimary])
            }
            return pale
        }""",
        PRIMARY,
    )
    assert pale == []


@pytest.mark.parametrize("theme", THEMES)
def test_the_keyboard_reaches_every_link_and_disclosure(
    theme: str, page: Page, site_of: Callable[[str], Site]
) -> None:
    page.goto(site_of(theme).queue)
    for name in ("around", "backlinks"):
        page.locator(f".bl-{name} summary").focus()
        page.keyboard.press("Enter")
        expect(page.locator(f".bl-{name} details")).to_have_attribute("open", "")
    wanted = page.locator("section.bl-section :is(a, summary, .bl-picture)").count()
    page.locator(".bl-picture").focus()
    reached = set()
    for _ in range(wanted):
        reached.add(
            page.evaluate(
                """() => {
                    const all = [...document.querySelectorAll("section.bl-section *")]
                    const ring = getComputedStyle(document.activeElement).outlineStyle
                    return ring === "none" ? "no ring" : all.indexOf(document.activeElement)
                }"""
            )
        )
        page.keyboard.press("Tab")
    assert len(reached - {-1, "no ring"}) == wanted


@pytest.mark.parametrize("theme", THEMES)
def test_links_land_on_the_right_heading(theme: str, page: Page, site_of: Callable[[str], Site]) -> None:
    page.goto(site_of(theme).queue)
    page.locator(".bl-backlinks .bl-heading").first.click()
    page.wait_for_url("**/guide/page-0/#how-to-wait")
    expect(page.locator("h2#how-to-wait")).to_be_in_viewport()


@pytest.mark.parametrize("theme", ["material", "materialx"])
def test_instant_navigation_keeps_working(theme: str, page: Page, site_of: Callable[[str], Site]) -> None:
    page.goto(site_of(theme).queue)
    page.evaluate("() => { window.stayed = true }")
    page.locator(".bl-backlinks .bl-list a").nth(1).click()
    page.wait_for_url("**/guide/page-0/**")
    expect(page.locator(".bl-backlinks")).to_be_visible()
    if THEMES[theme].get("features"):
        assert page.evaluate("() => window.stayed")
    page.go_back()
    page.wait_for_url("**/guide/queue/")
    expect(page.locator(".bl-backlinks")).to_be_visible()


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs", "material"])
def test_search_finds_no_text_of_a_section(theme: str, site_of: Callable[[str], Site]) -> None:
    site = site_of(theme)
    entries = json.loads(site.built.html("search/search_index.json"))["docs"]
    locations = {entry["location"].partition("#")[0] for entry in entries if "sbatch" in entry["text"]}
    assert locations == {"guide/page-0/"}
    assert "sbatch" in site.built.html("guide/queue/index.html")


@pytest.mark.parametrize(
    ("theme", "query", "results"),
    [
        ("readthedocs", "search.html?q=sbatch", "#mkdocs-search-results article a"),
        ("material", "?q=sbatch", ".md-search-result__link"),
    ],
)
def test_the_search_engine_finds_no_text_of_a_section(
    theme: str, query: str, results: str, page: Page, site_of: Callable[[str], Site]
) -> None:
    page.goto(site_of(theme).address + query)
    matches = page.locator(results)
    matches.first.wait_for(state="attached")
    links = matches.evaluate_all("all => all.map(one => one.href)")
    assert {str(link).partition("#")[0].partition("?")[0] for link in links} == {
        site_of(theme).address + "guide/page-0/"
    }


def test_what_is_linked_at_a_heading_is_opened_there(page: Page, site_of: Callable[[str], Site]) -> None:
    page.goto(site_of("material").queue)
    note = page.locator("h2#limits + details")
    expect(note.locator("a").first).not_to_be_visible()
    note.locator("summary").click()
    expect(note.locator("a").first).to_be_visible()


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs", "material", "bare"])
def test_nothing_moves_while_the_page_loads(theme: str, page: Page, site_of: Callable[[str], Site]) -> None:
    page.goto(site_of(theme).queue)
    page.locator(".bl-backlinks").scroll_into_view_if_needed()
    moved = page.evaluate(
        """() => new Promise(done => {
            let sum = 0
            new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value })
                .observe({type: "layout-shift", buffered: true})
            setTimeout(() => done(sum), 200)
        })"""
    )
    assert moved < 0.01


def test_on_paper_everything_is_shown(page: Page, site_of: Callable[[str], Site]) -> None:
    page.goto(site_of("bare").queue)
    page.emulate_media(media="print")
    expect(page.locator(".bl-backlinks details .bl-list a").first).to_be_visible()
    expect(page.locator(".bl-backlinks summary")).not_to_be_visible()
