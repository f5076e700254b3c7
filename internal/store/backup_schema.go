package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// table is a table as the migrations make it.
type table struct {
	name    string
	columns []column
	key     []column // of the primary key, in its order
}

type column struct {
	name string
	kind columnKind
}

// columnKind is what a column holds.
type columnKind uint8

const (
	wholeColumn columnKind = iota
	textColumn
	binaryColumn
)

// columnKinds are the types of columns, in SQLite's words.
var columnKinds = map[string]columnKind{"INTEGER": wholeColumn, "TEXT": textColumn, "BLOB": binaryColumn}

// tablesAfter returns the tables that there are after some migrations, in the
// order of their names, but for the list of migrations itself. They are read
// from a database that is made for it, so that no list of them has to be kept,
// and nothing that somebody else keeps beside them counts.
func tablesAfter(ctx context.Context, all []migration) (tables []table, err error) {
	e, err := openSQLite(ctx, memory, Options{Relaxed: true})
	if err != nil {
		return nil, fmt.Errorf("make the schema: %w", err)
	}
	defer func() { err = errors.Join(err, e.close()) }()
	err = e.tx(ctx, migrateMode, func(c conn) error {
		tx := &Tx{ctx: ctx, conn: c}
		if err := tx.migrateAll(all); err != nil {
			return err
		}
		tables, err = readTables(tx)
		return err
	})
	return tables, wrap(err, "make the schema")
}

// migrateAll applies all migrations that are missing, in one transaction.
func (tx *Tx) migrateAll(all []migration) error {
	for {
		if done, err := step(tx, all); done || err != nil {
			return err
		}
	}
}

func readTables(tx *Tx) (tables []table, err error) {
	err = tx.query(`SELECT name FROM sqlite_master
		WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'schema_migrations' ORDER BY name`, func(r row) error {
		tables = append(tables, table{name: r.text(0)})
		return nil
	})
	for i := range tables {
		if err == nil {
			err = tables[i].read(tx)
		}
	}
	return tables, err
}

func (t *table) read(tx *Tx) error {
	places := map[int64]column{}
	err := tx.query("PRAGMA table_info("+quoted(t.name)+")", func(r row) error {
		kind, ok := columnKinds[r.text(2)]
		if !ok {
			return fmt.Errorf("table %s: column %s is a %s", t.name, r.text(1), r.text(2))
		}
		c := column{r.text(1), kind}
		t.columns = append(t.columns, c)
		if place := r.int(5); place > 0 {
			places[place] = c
		}
		return nil
	})
	for place := range int64(len(places)) {
		t.key = append(t.key, places[place+1])
	}
	if err == nil && len(t.key) == 0 {
		err = fmt.Errorf("table %s has no primary key", t.name)
	}
	return err
}

func (t *table) names() (names []string) {
	for _, c := range t.columns {
		names = append(names, c.name)
	}
	return names
}

// selection reads all of the table in the order of its key, which is the same
// on every database.
func (t *table) selection() string {
	var columns, order []string
	for _, c := range t.columns {
		columns = append(columns, quoted(c.name))
	}
	for _, c := range t.key {
		by := quoted(c.name)
		if c.kind == textColumn {
			by += ` COLLATE "C"`
		}
		order = append(order, by)
	}
	return "SELECT " + strings.Join(columns, ", ") + " FROM " + quoted(t.name) + " ORDER BY " + strings.Join(order, ", ")
}

// empty reports whether a table holds no row.
func (tx *Tx) empty(t *table) (bool, error) {
	found, err := tx.one("SELECT 1 FROM "+quoted(t.name)+" LIMIT 1", func(row) error { return nil })
	return !found, err
}

// quoted is a name as SQL takes it, whatever it is.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
