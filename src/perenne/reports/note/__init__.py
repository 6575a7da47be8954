"""The note de territoire: composed once from a diagnosis, then written to page, PDF, Word or Excel."""
