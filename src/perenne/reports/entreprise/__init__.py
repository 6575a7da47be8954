"""The file about an enterprise and the shared diagnosis sheet, in every format."""
