package store

import (
	"fmt"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
)

// factTables hold what a snapshot is made of. Credentials, and what must never
// go back, are no part of it: see notInSnapshots in the tests.
var factTables = []string{
	"departments", "members", "rule_versions", "schedules", "corrections", "correction_ends", "punches", "imports", "quarantine",
	"approvals", "options", "holidays", "month_states", "month_reports", "faces", "media", "media_chunks",
	"verdicts", "month_verdicts", "coverage", "mirror_state", "mirror_forms", "mirror_corrections", "mirror_rules", "mirror_docs",
}

// shadow is the corporation under whose id a snapshot's rows are kept. No
// corporation has such an id.
func shadow(corp attendance.CorpID, name string) string { return string(corp) + "#" + name }

// Snapshot keeps the facts of a corporation under a name, over an earlier
// snapshot of that name.
func (tx *Tx) Snapshot(corp attendance.CorpID, name string) error {
	if err := tx.dropFacts(shadow(corp, name)); err != nil {
		return wrap(err, "snapshot %q of corp %q", name, corp)
	}
	return wrap(tx.copyFacts(string(corp), shadow(corp, name)), "snapshot %q of corp %q", name, corp)
}

// Restore puts a snapshot in the place of a corporation's facts; ErrNotFound
// when there is none of that name.
func (tx *Tx) Restore(corp attendance.CorpID, name string) error {
	from := shadow(corp, name)
	// Every corporation has its root department.
	found, err := tx.one("SELECT 1 FROM departments WHERE corp_id = $1 LIMIT 1", func(row) error { return nil }, from)
	if err := orNotFound(found, err, "snapshot %q of corp %q", name, corp); err != nil {
		return err
	}
	if err := tx.dropFacts(string(corp)); err != nil {
		return wrap(err, "restore snapshot %q of corp %q", name, corp)
	}
	return wrap(tx.copyFacts(from, string(corp)), "restore snapshot %q of corp %q", name, corp)
}

// DropFacts removes the facts of a corporation.
func (tx *Tx) DropFacts(corp attendance.CorpID) error {
	return wrap(tx.dropFacts(string(corp)), "remove the facts of corp %q", corp)
}

// DropSnapshots removes all snapshots of a corporation.
func (tx *Tx) DropSnapshots(corp attendance.CorpID) error {
	var names []string
	err := tx.query("SELECT DISTINCT corp_id FROM departments WHERE corp_id > $1 AND corp_id < $2", func(r row) error {
		names = append(names, r.text(0))
		return nil
	}, string(corp)+"#", string(corp)+"$") // $ follows #
	for _, name := range names {
		if err == nil {
			err = tx.dropFacts(name)
		}
	}
	return wrap(err, "remove the snapshots of corp %q", corp)
}

func (tx *Tx) dropFacts(corp string) error {
	for _, table := range factTables {
		if _, err := tx.exec("DELETE FROM "+table+" WHERE corp_id = $1", corp); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) copyFacts(from, to string) error {
	for _, table := range factTables {
		columns, err := tx.columns(table)
		if err != nil {
			return err
		}
		list := strings.Join(columns, ", ")
		_, err = tx.exec("INSERT INTO "+table+" (corp_id, "+list+") SELECT $2, "+list+" FROM "+table+" WHERE corp_id = $1", from, to)
		if err != nil {
			return err
		}
	}
	return nil
}

// columns returns the columns of a table but for corp_id.
func (tx *Tx) columns(table string) (names []string, err error) {
	sql := "SELECT name FROM pragma_table_info($1) WHERE name <> 'corp_id'"
	if tx.conn.dialect() == onPostgres {
		sql = `SELECT column_name FROM information_schema.columns
			WHERE table_schema = current_schema() AND table_name = $1 AND column_name <> 'corp_id'`
	}
	err = tx.query(sql, func(r row) error {
		names = append(names, r.text(0))
		return nil
	}, table)
	if err == nil && len(names) == 0 {
		err = fmt.Errorf("table %s: no columns", table)
	}
	return names, err
}
