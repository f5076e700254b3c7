package store

import (
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
)

// Kind says what a database is for. It is born with it and keeps it.
type Kind string

// The kinds of databases.
const (
	Live Kind = "live"
	Test Kind = "test"
)

// Meta is what a database says of itself.
type Meta struct {
	Kind    Kind
	Created int64 // Unix seconds
}

// Meta returns what SetMeta stored, or ErrNotFound.
func (tx *Tx) Meta() (m Meta, err error) {
	found, err := tx.one("SELECT kind, created FROM meta", func(r row) error {
		m = Meta{Kind(r.text(0)), r.int(1)}
		return nil
	})
	return m, orNotFound(found, err, "meta")
}

// SetMeta stores what the database is for, once: ErrConflict afterwards.
func (tx *Tx) SetMeta(m Meta) error {
	_, err := tx.exec("INSERT INTO meta (id, kind, created) VALUES (1, $1, $2)", string(m.Kind), m.Created)
	return wrap(err, "store kind of database %q", m.Kind)
}

// Corp is a corporation: the tenant that all else belongs to.
type Corp struct {
	ID      attendance.CorpID
	Name    string
	Zone    string // IANA name
	Created int64  // Unix seconds
}

// AddCorp adds a corporation; ErrConflict when the id is taken.
func (tx *Tx) AddCorp(c Corp) error {
	_, err := tx.exec("INSERT INTO corps (corp_id, name, zone, created) VALUES ($1, $2, $3, $4)",
		string(c.ID), c.Name, c.Zone, c.Created)
	return wrap(err, "add corp %q", c.ID)
}

// Corp returns a corporation, or ErrNotFound.
func (tx *Tx) Corp(id attendance.CorpID) (c Corp, err error) {
	found, err := tx.one("SELECT corp_id, name, zone, created FROM corps WHERE corp_id = $1", func(r row) error {
		c = scanCorp(r)
		return nil
	}, string(id))
	return c, orNotFound(found, err, "corp %q", id)
}

// Corps returns all corporations in the order of their ids.
func (tx *Tx) Corps() (all []Corp, err error) {
	err = tx.query("SELECT corp_id, name, zone, created FROM corps ORDER BY corp_id", func(r row) error {
		all = append(all, scanCorp(r))
		return nil
	})
	return all, wrap(err, "list corps")
}

func scanCorp(r row) Corp {
	return Corp{attendance.CorpID(r.text(0)), r.text(1), r.text(2), r.int(3)}
}

// orNotFound wraps err, or turns found = false into ErrNotFound.
func orNotFound(found bool, err error, format string, args ...any) error {
	if err == nil && !found {
		err = ErrNotFound
	}
	return wrap(err, format, args...)
}

func wrap(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf(format+": %w", append(args, err)...)
}
