"""The diagnosis of an enterprise in the browser: the grid by several people, its accounts, its profile."""
