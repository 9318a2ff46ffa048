"""One module per kind of source: from the source's own words to a layer contract."""
