"""Django's database backend over SQLCipher: Django's own for SQLite, with an encrypted connection beneath it."""
