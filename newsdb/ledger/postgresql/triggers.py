"""Fills in the templates of the ledger's triggers for each table."""

from collections.abc import Iterator

from newsdb.ledger.baseline import postgresql_triggers
from newsdb.ledger.documents import delete_sql, write_sql
from newsdb.ledger.postgresql.templates import (
    APPEND_ONLY,
    BATCHING,
    DELETE_ACTION,
    ERASED,
    IDENTITY,
    IDENTITY_OF,
    LATE,
    LOCK,
    NOTE,
    NOTE_UPDATED,
    PENDING,
    RESTORING,
    SEAL,
    SHOWN,
    SIBLINGS,
    SNAPSHOT,
    STAMP,
    TIME,
    TRANSITIONS,
    TRIGGER,
)
from newsdb.ledger.records import Table, any_of, records_of, records_showing, records_with
from newsdb.ledger.snapshot import PostgreSQLSnapshot, shape_of


def triggers(tables: list[Table]) -> Iterator[str]:
    """``CREATE FUNCTION`` and ``CREATE TRIGGER`` statements for the ledger itself and every watched table."""
    yield APPEND_ONLY
    roots = [table for table in tables if table.root == table]
    yield SEAL.format(
        lock=LOCK,
        shown="\n".join(_note_shown(root) for root in roots if root.reference),
        snapshots="\n".join(map(_snapshot, roots)),
        documents="".join(
            write_sql(
                root,
                "postgresql",
                f"{root.name} r JOIN newsdb_change c ON c.uid = r.uid"
                f" WHERE {PENDING.format(type=root.record.type)}",
            )
            for root in roots
        ),
        times="\n".join(TIME.format(table=root.name, type=root.record.type) for root in roots),
    )
    yield IDENTITY
    for root in roots:
        yield IDENTITY_OF.format(table=root.name)
        yield ERASED.format(table=root.name, type=root.record.type)
        yield STAMP.format(table=root.name, changed=_differs(root.columns), restoring=RESTORING)
        updated = f"SELECT id, uid, updated_at, 'updated' AS action FROM {root.name} WHERE id = ANY(ids)"
        yield NOTE_UPDATED.format(table=root.name, noted=_note_statement(root, updated), restoring=RESTORING)
    for table in tables:
        yield from postgresql_triggers(table)
        for event, transition in TRANSITIONS.items():
            yield TRIGGER.format(
                name=f"newsdb_ledger_{table.name}_{event.lower()}",
                body=_body(table, event),
                event=event,
                table=table.name,
                rows="before" if event == "DELETE" else "after",
                transition=transition,
            )


def _note_shown(root: Table) -> str:
    names = root.model.reference
    before = ", ".join(f"'{name}', b.snapshot->'{name}'" for name in names)
    shown = "SELECT unnest(shown)"
    records = [(root, shown)] if root.siblings else records_showing(root, shown, any_of)
    return (SIBLINGS if root.siblings else SHOWN).format(
        table=root.name,
        type=root.record.type,
        column=root.siblings.column if root.siblings else "",
        now=PostgreSQLSnapshot().shown(root.model, "r"),
        before=f"jsonb_build_object({before})",
        notes="".join(_note_late_call(*record) for record in records),
    )


def _snapshot(root: Table) -> str:
    return SNAPSHOT.format(
        snapshot=PostgreSQLSnapshot().of(root, "r"),
        shape=shape_of(root),
        public=root.record.public.format(row="r"),
        table=root.name,
        type=root.record.type,
    )


def _body(table: Table, event: str) -> str:
    if table.root == table:
        body = _note_root(table, event)
    else:
        parent = table.parent
        assert parent
        body = _note_call(table.root, records_of(parent, _parents(table, event), any_of))
    if event == "UPDATE" and table.reference:
        body += _set_changed(table.reference)
        shown = records_showing(table, "SELECT unnest(changed)", any_of)
        notes = "".join(_note_call(root, ids) for root, ids in shown)
        body += f"\n  IF NOT {BATCHING} THEN{notes}\n  END IF;"
    if table.siblings:
        body += _note_call(table, records_with(table, _groups_left_or_joined(table, event), any_of))
    return body


def _note_root(table: Table, event: str) -> str:
    if event == "INSERT":
        return _note_statement(table, "SELECT id, uid, updated_at, 'created' AS action FROM after")
    if event == "DELETE":
        gone = _note_statement(table, f"SELECT id, uid, updated_at, {DELETE_ACTION} AS action FROM before")
        return gone + delete_sql(table, "= ANY(ARRAY(SELECT id FROM before))")
    cases = "".join(
        f" WHEN id IN (SELECT id FROM after WHERE {condition.format(row='after')}"
        f" EXCEPT SELECT id FROM before WHERE {condition.format(row='before')}) THEN '{action}'"
        for action, condition in table.record.actions.items()
    )
    action = f"CASE{cases} ELSE 'updated' END" if cases else "'updated'"
    touched = f"SELECT id, uid, updated_at, {action} AS action FROM {table.name} WHERE id = ANY(changed)"
    return _set_changed(table.columns) + _note_statement(table, touched)


def _set_changed(columns: list[str]) -> str:
    return f"\n  changed := ARRAY(SELECT id FROM ({_rows_changed(columns)}) changed_rows);"


def _rows_changed(columns: list[str], now: str = "after", then: str = "before") -> str:
    listed = ", ".join(dict.fromkeys(["id", *(f'"{column}"' for column in columns)]))
    return f"SELECT {listed} FROM {now} EXCEPT SELECT {listed} FROM {then}"


def _parents(table: Table, event: str) -> str:
    column = f'"{table.link.column}"'
    if event == "UPDATE":
        return (
            f"SELECT {column} FROM ({_rows_changed(table.columns)}) now"
            f" UNION SELECT {column} FROM ({_rows_changed(table.columns, 'before', 'after')}) earlier"
        )
    return f"SELECT {column} FROM {'after' if event == 'INSERT' else 'before'}"


def _groups_left_or_joined(table: Table, event: str) -> str:
    """SQL for the sibling column's values in the groups that rows have left or joined."""
    assert table.siblings
    column = table.siblings.column
    if event == "UPDATE":  # groups that rows joined are found by ``records_showing``
        rows = f"({_rows_changed([column], 'before', 'after')}) left_groups"
    else:
        rows = "after" if event == "INSERT" else "before"
    return f'SELECT "{column}" FROM {rows} WHERE "{column}" IS NOT NULL'


def _note_call(root: Table, ids: str) -> str:
    return f"\n  PERFORM newsdb_note_{root.name}(ARRAY({ids}));"


def _note_late_call(root: Table, ids: str) -> str:
    return _note_call(root, LATE.format(table=root.name, chosen=any_of("id", ids), type=root.record.type))


def _note_statement(root: Table, touched: str) -> str:
    return NOTE.format(type=root.record.type, touched=touched, restoring=RESTORING)


def _differs(columns: list[str]) -> str:
    old, new = (", ".join(f'{row}."{c}"' for c in columns) for row in ("OLD", "NEW"))
    return f"({old}) IS DISTINCT FROM ({new})"
