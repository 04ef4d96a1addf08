"""Stored documents: the JSON with which the API shows a record, rewritten at each change of the record."""

import zlib
from typing import Any

from django.utils.module_loading import import_string

from newsdb.ledger.records import Documents, Table, table_of, tables

_WRITE = """
INSERT INTO {kept} ({key}, shape, text)
SELECT r.id, {shape}, {document} FROM {source}
ON CONFLICT ({key}) DO UPDATE SET shape = excluded.shape, text = excluded.text;"""


def documents_of(table: Table) -> Documents | None:
    """Where the documents of ``table``'s records are stored, or None if they are not stored."""
    return table.record.documents if table.root == table else None


def sql_of(documents: Documents, vendor: str) -> str:
    """SQL for the document of the row ``r``."""
    return import_string(documents.sql)(vendor, "r")


def shape_of(document: str) -> int:
    """A checksum of the SQL that writes a document, which tells documents of other releases apart."""
    return zlib.crc32(document.encode()) & 0x7FFFFFFF


def write_sql(table: Table, vendor: str, source: str) -> str:
    """SQL that writes the documents of the rows ``r`` in ``source``; "" if they are not stored."""
    if not (documents := documents_of(table)):
        return ""
    document = sql_of(documents, vendor)
    return _WRITE.format(
        kept=documents.table, key=documents.key, shape=shape_of(document), document=document, source=source
    )


def delete_sql(table: Table, condition: str) -> str:
    """SQL that deletes the documents of rows whose id meets ``condition`` (``= OLD.id``, say), or ""."""
    if not (documents := documents_of(table)):
        return ""
    return f"\nDELETE FROM {documents.table} WHERE {documents.key} {condition};"


def write_documents(connection: Any, model: Any, first: int) -> None:
    """Write the documents of the rows of ``model`` from the id ``first`` on, if they are stored."""
    table = table_of(model)
    if sql := write_sql(table, connection.vendor, f"{table.name} r WHERE r.id >= {first}"):
        with connection.cursor() as cursor:
            cursor.execute(sql)


def fill_documents(connection: Any) -> None:
    """Write the documents that are missing or that another release wrote."""
    for table in tables():
        if documents := documents_of(table):
            shape = shape_of(sql_of(documents, connection.vendor))
            kept = f"LEFT JOIN {documents.table} d ON d.{documents.key} = r.id"
            stale = f"{table.name} r {kept} WHERE d.shape IS NULL OR d.shape <> {shape}"
            with connection.cursor() as cursor:
                cursor.execute(write_sql(table, connection.vendor, stale))
