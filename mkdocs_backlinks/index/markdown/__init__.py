"""The Markdown of a page: every place where a link is written, in the files that it takes in as well."""
