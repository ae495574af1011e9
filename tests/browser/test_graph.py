"""The page with the graph of the site, with a mouse, with a keyboard, and without a script."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from browsing import THEMES, Site, axe
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 1280, "height": 1000})
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    yield opened
    assert opened.evaluate("() => window.broken || null") is None
    context.close()


def visit(page: Page, site: Site) -> None:
    page.add_init_script(
        """addEventListener("error", event => {
            if (event.filename.includes("backlinks")) window.broken = event.message
        })"""
    )
    page.goto(site.address + "link-graph/")
    page.locator(".bl-graph[data-ready=done]").wait_for()


def picture(page: Page) -> str:
    drawn: str = page.evaluate("() => document.querySelector('.bl-graph canvas').toDataURL()")
    return drawn


@pytest.mark.parametrize("theme", THEMES)
def test_the_graph_looks_right(
    theme: str, page: Page, site_of: Callable[[str], Site], take: Callable[[Page, str], None]
) -> None:
    visit(page, site_of(theme))
    take(page, f"graph-{theme}")
    assert axe(page, ".bl-graph") == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert (
        page.evaluate(
            """() => [...document.querySelectorAll(".bl-graph, .bl-graph :not(.bl-graph-table *)")]
            .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
            .map(one => one.outerHTML.slice(0, 90))"""
        )
        == []
    )
    take(page, f"graph-{theme}-320")


@pytest.mark.parametrize("key", ["ArrowLeft", "ArrowDown", "+", "-"])
def test_keys_pan_and_zoom_and_show_everything_again(
    key: str, page: Page, site_of: Callable[[str], Site]
) -> None:
    visit(page, site_of("bare"))
    page.locator("canvas").focus()
    whole = picture(page)
    page.keyboard.press(key)
    expect(page.locator("canvas")).to_be_focused()
    page.wait_for_function("before => document.querySelector('canvas').toDataURL() !== before", arg=whole)
    page.keyboard.press("0")
    page.wait_for_function("before => document.querySelector('canvas').toDataURL() === before", arg=whole)


def test_the_mouse_pans_and_zooms(page: Page, site_of: Callable[[str], Site]) -> None:
    visit(page, site_of("bare"))
    box = page.locator("canvas").bounding_box()
    assert box is not None
    x, y = box["x"] + 20, box["y"] + 20
    seen = {picture(page)}
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 80, y + 30, steps=4)
    page.mouse.up()
    seen.add(picture(page))
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(100)
    seen.add(picture(page))
    page.get_by_role("button", name="Zoom in").click()
    seen.add(picture(page))
    assert len(seen) == 4


def test_a_page_is_found_in_the_middle_and_opened(page: Page, site_of: Callable[[str], Site]) -> None:
    visit(page, site_of("bare"))
    page.get_by_role("searchbox").fill("the queue")
    expect(page.locator(".bl-graph output")).to_have_text("1")
    rows = page.locator(".bl-graph tbody tr:visible")
    expect(rows).to_have_count(1)
    page.keyboard.press("Enter")
    box = page.locator("canvas").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**/guide/queue/")


def test_the_keyboard_opens_a_page_from_the_table(page: Page, site_of: Callable[[str], Site]) -> None:
    visit(page, site_of("bare"))
    page.get_by_role("searchbox").fill("page 3")
    page.locator(".bl-graph tbody tr:visible a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/guide/page-3/")


def test_instant_navigation_starts_the_graph(page: Page, site_of: Callable[[str], Site]) -> None:
    site = site_of("material")
    page.goto(site.queue)
    page.evaluate("() => { window.stayed = true }")
    page.evaluate(
        """() => {
            const link = document.createElement("a")
            link.href = "../../link-graph/"
            link.textContent = "graph"
            document.querySelector("article").prepend(link)
        }"""
    )
    page.get_by_text("graph", exact=True).click()
    page.locator(".bl-graph[data-ready=done]").wait_for()
    assert page.evaluate("() => window.stayed")


def test_no_other_page_loads_the_script(page: Page, site_of: Callable[[str], Site]) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site_of("bare").queue)
    assert [url for url in asked if url.endswith((".js", "graph.css"))] == []


def test_without_scripts_the_table_is_there(browser: Browser, site_of: Callable[[str], Site]) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(site_of("bare").address + "link-graph/")
    expect(opened.locator(".bl-graph tbody tr")).to_have_count(10)
    expect(opened.locator("canvas")).not_to_be_visible()
    context.close()
