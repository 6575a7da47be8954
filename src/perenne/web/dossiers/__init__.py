"""The files of enterprises that an organisation keeps."""
