"""Writes pages as a script of a site's author does."""

import mkdocs_gen_files

with mkdocs_gen_files.open("made/one.md", "w") as file:
    file.write("# One\n\n## Part\n\nBack [home](../index.md), on to [nothing](two.md).\n")
with mkdocs_gen_files.open("guide.md", "a") as file:
    file.write("\nAdded: [the first](made/one.md#part).\n")
with mkdocs_gen_files.open("made/data.csv", "w") as file:
    file.write("a,b\n")
