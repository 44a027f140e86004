"""The generator of the sample city's forms; `python -m data.sample` writes them into `data/raw`.

Its texts are invented. Its counts are those of the city's page, see `data/raw/README.md`.
"""
