"""How a report is shown: in a terminal (`text`), by mail and on the web (`html`), in the file (`marked`).

What a report says is decided before; here it is only put into form. `words` are those all forms share.
"""
