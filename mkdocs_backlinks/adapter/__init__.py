"""The only modules that know MkDocs: what it has comes in as plain values, what it gets goes out here."""
