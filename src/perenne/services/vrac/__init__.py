"""The public tables of the atlas as files to download: Parquet as published, CSV, GeoJSON."""
