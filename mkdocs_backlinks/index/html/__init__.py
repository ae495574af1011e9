"""The HTML of a page: its links, names, headings and text, and the words around each link."""
