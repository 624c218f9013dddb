import GRDB

/// The tables, and how older files are brought up to date. A migration is never changed once it was
/// released; new ones follow.
enum HistorySchema {
  /// - `run`: one row a run; `report` holds the whole report as JSON.
  /// - `series`, `point`: values by step; SQLite keeps NaN as NULL, so NULL means NaN here.
  /// - `note`: what a run said on its way, in order.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("runs, series and notes") { database in
      try database.execute(
        sql: """
          CREATE TABLE run (
            id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, subject TEXT NOT NULL,
            started REAL NOT NULL, updated REAL NOT NULL, status TEXT NOT NULL, verdict TEXT,
            headline TEXT, cause TEXT, loss REAL, version TEXT NOT NULL, settings TEXT NOT NULL,
            host TEXT NOT NULL, process INTEGER NOT NULL, report TEXT);
          CREATE INDEX run_started ON run (started);
          CREATE TABLE series (
            id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
            name TEXT NOT NULL, UNIQUE (run, name));
          CREATE TABLE point (
            series INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
            step INTEGER NOT NULL, value REAL, PRIMARY KEY (series, step)) WITHOUT ROWID;
          CREATE TABLE note (
            run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE, number INTEGER NOT NULL,
            time REAL NOT NULL, text TEXT NOT NULL, PRIMARY KEY (run, number)) WITHOUT ROWID;
          """)
    }
    migrator.registerMigration("what is known so far") { database in
      // Here lies the report as it forms, until `report` holds the answer.
      try database.execute(sql: "ALTER TABLE run ADD COLUMN findings TEXT")
    }
    return migrator
  }
}
