"""The supply of a territory in words and tables: needs and activities, in three layers, and the lists."""
