"""All that is written into the pages of one build, by one value that is made when the index is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.inject.at_headings import put_at_headings
from mkdocs_backlinks.inject.items import backlink_items, heading_items, related_items
from mkdocs_backlinks.inject.labels import Labels, load_labels
from mkdocs_backlinks.inject.local_graph import picture
from mkdocs_backlinks.inject.memory import Ground, Made, Memory, Placed, Written
from mkdocs_backlinks.inject.neighbours import Neighbours, backlinks_of, related_of
from mkdocs_backlinks.inject.sections import (
    Section,
    Templates,
    around,
    heading_notes,
    place,
    sections,
)
from mkdocs_backlinks.inject.site_graph import place_graph
from mkdocs_backlinks.inject.view import View
from mkdocs_backlinks.model import Page, PageUri, Related
from mkdocs_backlinks.settings import Settings


@dataclass(frozen=True, slots=True)
class Writer:
    """What the sections of a build are made of, those that are `made` already, and pages where they are
    `placed` already.
    """

    view: View
    related: Mapping[PageUri, Sequence[Related]]
    labels: Labels
    templates: Templates
    settings: Settings
    made: Mapping[PageUri, Made] = field(default_factory=dict)
    placed: dict[PageUri, Placed] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        graph: LinkGraph,
        related: Mapping[PageUri, Sequence[Related]],
        settings: Settings,
        templates: Templates,
        language: str = "en",
    ) -> Writer:
        """The writer for a build whose pages a theme shows in this language."""
        labels, view = load_labels(language, settings.labels), View.of(graph, settings.backlinks)
        return cls(view, related, labels, templates, settings)

    def with_memory(self, memory: Memory) -> Writer:
        """The same, with the sections of the build before where they are still right."""
        # An author may edit a template at any time, and may show in it whatever they like.
        if not self.templates.are_own:
            return self
        alike = self.settings, self.labels, self.view.uncounted
        ground = Ground(self.view.graph, self.related, alike)
        made = memory.renew(ground, self._neighbours, self._make)
        return replace(self, made=made, placed=memory.placed)

    def write_graph(self, url: str, content: str) -> str:
        """The content of the page at `url` with the graph of the whole site."""
        return place_graph(content, url, self.view, self.templates.template("graph"), self.labels)

    def write(self, uri: PageUri, content: str) -> Written:
        """The page of the graph with its sections in its content."""
        return self.kept(uri, content) or self._write(uri, content)

    def kept(self, uri: PageUri, content: str) -> Written | None:
        """The same, if it was written before and is still right."""
        placed = self.placed.get(uri)
        return placed.written if placed and placed.written.authored == content else None

    def _write(self, uri: PageUri, content: str) -> Written:
        page = self.view.graph.pages[uri]
        made = self.made.get(uri) or self._make(self._neighbours(page))
        with_sections = self._place(page, made, content)
        written = Written(with_sections, content, made.toc, made.backlinks, made.related_pages)
        if uri in self.made and self._shows_what_was_made:
            self.placed[uri] = Placed(made, written)
        return written

    @property
    def _shows_what_was_made(self) -> bool:
        """Whether nothing else is put into a page: no picture of the graph, and no notes at headings."""
        return not (self.settings.graph.local or self.settings.backlinks.at_headings)

    def _place(self, page: Page, made: Made, content: str) -> str:
        chosen = self.settings.backlinks
        if chosen.at_headings:
            items = heading_items(page.headings, made.neighbours, self.view, chosen)
            content = put_at_headings(content, heading_notes(items, chosen, self.templates, self.labels))
        return place(content, [*self._around(page), *made.sections])

    def _neighbours(self, page: Page) -> Neighbours:
        related = self.related.get(page.uri, ())
        return Neighbours(
            page.url,
            backlinks_of(page, self.view, self.settings.backlinks),
            related_of(page, self.view, related, self.settings.related),
        )

    def _make(self, neighbours: Neighbours) -> Made:
        backlinks = backlink_items(neighbours, self.view, self.settings.backlinks)
        related = related_items(neighbours, self.view, self.labels)
        found = sections(backlinks, related, self.settings.backlinks, self.templates, self.labels)
        toc = {"__backlinks": self.settings.backlinks.toc, "__related": self.settings.related.toc}
        listed = tuple(section for section in found if toc[section.id])
        return Made(neighbours, found, listed, backlinks, related)

    def _around(self, page: Page) -> Iterator[Section]:
        """The section with the picture, where the author wants one and there is something to see."""
        if self.settings.graph.local and "graph" not in page.hidden:
            yield from around(picture(page, self.view), self.templates, self.labels)
