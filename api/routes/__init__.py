"""The addresses of the API, a module for each group; `api.app` puts them together."""
