"""Landing pages (Datensatzseiten): what people, search engines and scholars want to know of a dataset.

`page` gathers it, `texts` has the words, `preview` reads the first rows, `citing` tells how to cite,
`schemaorg` says the same to search engines and `signposting` to programs that read only headers.
"""
