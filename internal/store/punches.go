package store

import (
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
)

// maxDevice bounds the device of a punch in bytes: it is part of the key.
const maxDevice = 256

// addition is what one caller adds at once.
type addition struct {
	rows     []punchRow
	inserted int
	repeated int
}

// punchRow is a punch as the table has it.
type punchRow struct {
	corp, user  string
	at, source  int64
	device      string
	known       int64
	flags, slot int64
	section     int64
	detail      string
}

// InsertPunches adds punches in the transaction and says how many were new and
// how many were there before. A punch with the member, second, source and
// device of another is not stored again: it raises the other's Repeats and
// LastReceived. Repeats and LastReceived of the records are not looked at.
// Users are in the contacts' spelling (ResolveUsers). A record that cannot be
// stored is an ErrInvalid that names its place in the list, and nothing is
// stored.
func (tx *Tx) InsertPunches(corp attendance.CorpID, records []attendance.PunchRecord) (inserted, repeated int, err error) {
	rows, err := punchRows(corp, records)
	if err != nil || len(rows) == 0 {
		return 0, 0, err
	}
	a := &addition{rows: rows}
	if err := tx.insert([]*addition{a}); err != nil {
		return 0, 0, wrap(err, "insert punches of corp %q", corp)
	}
	return a.inserted, a.repeated, nil
}

// insert adds the rows of several callers and counts for each of them.
func (tx *Tx) insert(all []*addition) error {
	if tx.reading {
		return fmt.Errorf("write inside a reading transaction: %w", ErrReadOnly)
	}
	for _, a := range all {
		a.inserted, a.repeated = 0, 0
	}
	rows := inOrder(all)
	if tx.conn.dialect() == onPostgres {
		return tx.upsertPunches(rows)
	}
	return tx.insertChunks(rows)
}

// punchRows checks records and brings them into the table's form.
func punchRows(corp attendance.CorpID, records []attendance.PunchRecord) ([]punchRow, error) {
	rows := make([]punchRow, len(records))
	for i := range records {
		r := &records[i]
		if err := checkPunch(r); err != nil {
			return nil, fmt.Errorf("punch %d of %d: %w", i+1, len(records), err)
		}
		text, err := encodeDetail(&r.PunchDetail)
		if err != nil {
			return nil, fmt.Errorf("punch %d of %d: %w", i+1, len(records), err)
		}
		rows[i] = punchRow{
			corp: string(corp), user: string(r.User), at: r.At, source: int64(r.Source), device: r.Device,
			known: r.KnownAt, flags: int64(r.Flags), slot: int64(r.Slot), section: int64(r.Section), detail: text,
		}
	}
	return rows, nil
}

func checkPunch(r *attendance.PunchRecord) error {
	switch {
	case r.User == "" || !storable(string(r.User)):
		return fmt.Errorf("user: %w", ErrInvalid)
	case r.At < 0:
		return fmt.Errorf("time %d: before 1970: %w", r.At, ErrInvalid)
	case r.Source < attendance.SourcePhone || r.Source > attendance.SourceCorrection:
		return fmt.Errorf("source %d: %w", r.Source, ErrInvalid)
	case r.Slot > attendance.Off:
		return fmt.Errorf("slot %d: %w", uint8(r.Slot), ErrInvalid)
	case len(r.Device) > maxDevice || !storable(r.Device):
		return fmt.Errorf("device: more than %d bytes or not text: %w", maxDevice, ErrInvalid)
	}
	return nil
}
