"""What the backend for SQLite does differently over SQLCipher; Django looks for it under this name.

`DATABASES` names the file in `NAME`, and under `key` in `OPTIONS` what to call for the raw key. It is called at each
connection, and may raise LockedVaultError.
"""

import sqlite3
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.backends.sqlite3 import base, features
from django.db.backends.sqlite3._functions import register as register_functions
from sqlcipher3 import dbapi2

from forethought.vault import database

for _kind, _adapter in ((Decimal, str), (date, base.adapt_date), (datetime, base.adapt_datetime)):
    dbapi2.register_adapter(_kind, _adapter)
for _name in ("bool", "date", "time", "datetime", "timestamp"):
    dbapi2.register_converter(_name, sqlite3.converters[_name.upper()])


class CursorWrapper(dbapi2.Cursor):
    """A cursor that takes Django's way of marking parameters."""

    convert_query = base.SQLiteCursorWrapper.convert_query

    def execute(self, query: str, params: Any = None) -> Any:
        """Run one statement."""
        if params is None:
            return super().execute(query)
        return super().execute(self.convert_query(query, param_names=_names(params)), params)

    def executemany(self, query: str, param_list: Any) -> Any:
        """Run one statement for each set of parameters."""
        rows = list(param_list)
        return super().executemany(self.convert_query(query, param_names=_names(rows[0]) if rows else None), rows)


def _names(params: Any) -> list[str] | None:
    return list(params) if hasattr(params, "keys") else None


class DatabaseFeatures(features.DatabaseFeatures):
    """What SQLCipher's driver can do; it cannot be asked for its limit of parameters."""

    max_query_params = 32_766


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the vault's database."""

    Database = dbapi2
    features_class = DatabaseFeatures
    display_name = "SQLCipher"

    def get_connection_params(self) -> dict[str, Any]:
        """Return what to connect with; the key is asked for at each connection and kept nowhere."""
        params = super().get_connection_params()
        params["key"] = params["key"]()
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> dbapi2.Connection:
        """Return a connection that Django's functions and foreign keys work on."""
        options = {name: value for name, value in conn_params.items() if name not in ("database", "key", "uri")}
        connection = database.connect(conn_params["database"], conn_params["key"], **options)
        register_functions(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA legacy_alter_table = OFF")
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        """Return a cursor of our kind."""
        return self.connection.cursor(factory=CursorWrapper)
