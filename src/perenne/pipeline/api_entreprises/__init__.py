"""Reads the ESS enterprises of one territory from the API Recherche d'entreprises, and keeps a dated copy.

Parameters, limits and fields are those of the OpenAPI description that the service publishes
(`app/doc/open-api.yml`, repository annuaire-entreprises-data-gouv-fr/search-api). No real answer was seen.
"""
