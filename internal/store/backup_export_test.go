package store

import (
	"context"
	"fmt"
	"regexp"
	"strings"
)

// chosen finds the first of the words that a column is limited to.
var chosen = regexp.MustCompile(`CHECK \((\w+) IN \('(\w+)'`)

// FillEmptyTables puts three made-up rows into every table that has none, one
// into a table that takes no more, so that a backup has something of each. The
// texts sort differently in most languages than by their bytes.
func (db *DB) FillEmptyTables(ctx context.Context) error {
	all, err := migrations(migrationFiles)
	if err != nil {
		return err
	}
	words := map[string]string{}
	for _, m := range all {
		for _, sql := range strings.SplitAfter(m.sql, ";") {
			made := tablePattern.FindStringSubmatch(sql)
			for _, c := range chosen.FindAllStringSubmatch(sql, -1) {
				words[made[1]+"."+c[1]] = c[2]
			}
		}
	}
	tables, err := tablesAfter(ctx, all)
	if err != nil {
		return err
	}
	return db.Write(ctx, func(tx *Tx) error {
		for _, t := range tables {
			if empty, err := tx.empty(&t); err != nil || !empty {
				if err != nil {
					return err
				}
				continue
			}
			rows := [][]any{t.row(1, words), t.row(2, words), t.row(3, words)}
			if t.name == "meta" {
				rows = rows[:1]
			}
			if err := tx.conn.insert(ctx, t.name, t.names(), rows); err != nil {
				return fmt.Errorf("fill %s: %w", t.name, err)
			}
		}
		return nil
	})
}

func (t *table) row(n int64, words map[string]string) (values []any) {
	for _, c := range t.columns {
		word, limited := words[t.name+"."+c.name]
		switch {
		case c.kind == wholeColumn:
			values = append(values, n)
		case c.kind == binaryColumn:
			values = append(values, []byte{0, byte(n), 0xff}[:n-1]) // one is empty
		case limited:
			values = append(values, word)
		default:
			values = append(values, []string{"", "Zürich\n", "a's \"打卡\"", "é"}[n])
		}
	}
	return values
}

// SumsOf reads every table of a database.
func SumsOf(ctx context.Context, db *DB) (sums []TableSum, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		all, err := knownMigrations(tx)
		if err != nil {
			return err
		}
		tables, err := tablesAfter(ctx, all)
		for i := range tables {
			if err != nil {
				return err
			}
			var s TableSum
			s, err = tx.sumTable(&tables[i], func(int64) {}, nil)
			sums = append(sums, s)
		}
		return err
	})
	return sums, err
}

// MigrateTo is Migrate of a binary that knows n migrations.
func (db *DB) MigrateTo(ctx context.Context, n int) error {
	all, err := migrations(migrationFiles)
	if err != nil {
		return err
	}
	return db.engine.tx(ctx, migrateMode, func(c conn) error {
		return (&Tx{ctx: ctx, conn: c}).migrateAll(all[:n])
	})
}

// Exec runs a statement that only a test wants.
func (db *DB) Exec(ctx context.Context, sql string) error {
	return db.Write(ctx, func(tx *Tx) error {
		_, err := tx.exec(sql)
		return err
	})
}
