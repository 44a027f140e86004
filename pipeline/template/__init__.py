"""The forms that are handed out, as workbooks that can be filled in without a manual.

`content` gathers what goes into a form: columns, choices, what is filled in already. `workbook` puts the
sheets together; `instructions` writes the sheet that explains them, `looks` holds colours and formats.
"""
