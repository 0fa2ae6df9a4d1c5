/**
 * The tables of a store, as steps from one version to the next; a store of version n has run the first n.
 *
 * A step that was released is never changed: a new one is appended.
 */
export const SCHEMA: readonly string[] = [
  `
  -- Every thing of every kind is one row. What belongs to a row leaves with it (ON DELETE CASCADE).
  CREATE TABLE records (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL, id TEXT NOT NULL, parent TEXT NOT NULL, name TEXT NOT NULL,
    key TEXT, owner_stack TEXT, owner_environment TEXT, owner_key TEXT,
    labels TEXT NOT NULL, usage TEXT NOT NULL, document TEXT NOT NULL,
    phase TEXT NOT NULL, pending TEXT NOT NULL, change_at INTEGER,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
  ) STRICT;
  -- An index ends with the row's seq by itself, so each of these also pages in order of creation.
  CREATE UNIQUE INDEX records_by_id ON records (kind, id);
  CREATE UNIQUE INDEX records_by_key ON records (kind, key) WHERE key IS NOT NULL;
  CREATE INDEX records_by_kind ON records (kind);
  CREATE INDEX records_by_parent ON records (kind, parent);
  CREATE INDEX records_by_name ON records (kind, name);
  CREATE INDEX records_by_parent_and_name ON records (kind, parent, name);
  CREATE INDEX records_by_phase ON records (kind, phase);
  CREATE INDEX records_by_owner ON records (kind, owner_stack, owner_environment) WHERE owner_stack IS NOT NULL;
  CREATE INDEX records_by_stack ON records (kind, owner_stack) WHERE owner_stack IS NOT NULL;
  CREATE INDEX records_by_change ON records (change_at) WHERE change_at IS NOT NULL;

  CREATE TABLE record_labels (
    kind TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES records ON DELETE CASCADE,
    PRIMARY KEY (kind, name, value, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX record_labels_by_record ON record_labels (seq);

  -- "from" cannot do without "to": what is referred to is in use.
  CREATE TABLE record_references (
    to_kind TEXT NOT NULL, to_id TEXT NOT NULL,
    from_seq INTEGER NOT NULL REFERENCES records ON DELETE CASCADE, field TEXT NOT NULL,
    PRIMARY KEY (to_kind, to_id, from_seq, field)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX record_references_by_record ON record_references (from_seq);

  -- Running sums, so that a quota never counts: scope is '*' for a whole kind, '=' || parent for the children of one parent.
  CREATE TABLE totals (
    kind TEXT NOT NULL, scope TEXT NOT NULL, measure TEXT NOT NULL, amount INTEGER NOT NULL,
    PRIMARY KEY (kind, scope, measure)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER totals_add AFTER INSERT ON records BEGIN
    INSERT INTO totals SELECT new.kind, s.value, u.key, u.value
      FROM json_each(new.usage) u, json_each(json_array('*', '=' || new.parent)) s WHERE true
      ON CONFLICT DO UPDATE SET amount = amount + excluded.amount;
  END;
  CREATE TRIGGER totals_change AFTER UPDATE OF usage ON records WHEN old.usage <> new.usage BEGIN
    INSERT INTO totals SELECT old.kind, s.value, u.key, -u.value
      FROM json_each(old.usage) u, json_each(json_array('*', '=' || old.parent)) s WHERE true
      ON CONFLICT DO UPDATE SET amount = amount + excluded.amount;
    INSERT INTO totals SELECT new.kind, s.value, u.key, u.value
      FROM json_each(new.usage) u, json_each(json_array('*', '=' || new.parent)) s WHERE true
      ON CONFLICT DO UPDATE SET amount = amount + excluded.amount;
  END;
  CREATE TRIGGER totals_subtract AFTER DELETE ON records BEGIN
    INSERT INTO totals SELECT old.kind, s.value, u.key, -u.value
      FROM json_each(old.usage) u, json_each(json_array('*', '=' || old.parent)) s WHERE true
      ON CONFLICT DO UPDATE SET amount = amount + excluded.amount;
    DELETE FROM totals WHERE kind = old.kind AND scope = '=' || old.parent AND amount = 0;
  END;

  -- Numbers (addresses, ports, device slots) are text of 32 hexadecimal digits: they sort as numbers and hold IPv6.
  CREATE TABLE pools (
    pool TEXT PRIMARY KEY, first TEXT NOT NULL, last TEXT NOT NULL, taken INTEGER NOT NULL DEFAULT 0,
    holder INTEGER NOT NULL REFERENCES records ON DELETE CASCADE
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX pools_by_holder ON pools (holder);
  CREATE TABLE pool_free (
    pool TEXT NOT NULL REFERENCES pools ON DELETE CASCADE, first TEXT NOT NULL, last TEXT NOT NULL,
    PRIMARY KEY (pool, first)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE pool_taken (
    pool TEXT NOT NULL REFERENCES pools ON DELETE CASCADE, value TEXT NOT NULL,
    holder INTEGER NOT NULL, from_free INTEGER NOT NULL,
    PRIMARY KEY (pool, value)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX pool_taken_by_holder ON pool_taken (holder);

  -- Bytes that records or unfinished uploads hold; a blob that nothing holds may be swept.
  CREATE TABLE blobs (digest TEXT PRIMARY KEY, size INTEGER NOT NULL, uses INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
  CREATE INDEX blobs_unused ON blobs (digest) WHERE uses = 0;
  CREATE TABLE blob_uses (
    holder INTEGER NOT NULL REFERENCES records ON DELETE CASCADE, digest TEXT NOT NULL REFERENCES blobs,
    PRIMARY KEY (holder, digest)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX blob_uses_by_digest ON blob_uses (digest);
  CREATE TRIGGER blob_uses_add AFTER INSERT ON blob_uses BEGIN UPDATE blobs SET uses = uses + 1 WHERE digest = new.digest; END;
  CREATE TRIGGER blob_uses_drop AFTER DELETE ON blob_uses BEGIN UPDATE blobs SET uses = uses - 1 WHERE digest = old.digest; END;
  CREATE TABLE blob_holds (hold TEXT PRIMARY KEY, digest TEXT NOT NULL REFERENCES blobs, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX blob_holds_by_digest ON blob_holds (digest);
  CREATE INDEX blob_holds_by_expiry ON blob_holds (expires_at);
  CREATE TRIGGER blob_holds_add AFTER INSERT ON blob_holds BEGIN UPDATE blobs SET uses = uses + 1 WHERE digest = new.digest; END;
  CREATE TRIGGER blob_holds_drop AFTER DELETE ON blob_holds BEGIN UPDATE blobs SET uses = uses - 1 WHERE digest = old.digest; END;
  `,
]
