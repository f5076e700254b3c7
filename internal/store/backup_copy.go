package store

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
)

// TableSum is what a table holds, so that two of them can be compared.
type TableSum struct {
	Table  string `json:"table"`
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"` // of all rows in the order of their key
}

// A part is what is inserted at once.
const (
	partRows  = 1000
	partBytes = 1 << 20
)

// sumTable reads a table and calls tick for each row. It also calls keep, which
// may be nil, with the values of parts of the table.
func (tx *Tx) sumTable(t *table, tick func(int64), keep func([][]any) error) (TableSum, error) {
	s := summing{table: t, hash: sha256.New(), keep: keep}
	for _, c := range t.columns {
		s.hash.Write([]byte(c.name + "\n"))
	}
	err := tx.query(t.selection(), func(r row) error {
		tick(1)
		return s.add(r)
	})
	if err == nil && len(s.part) > 0 {
		err = keep(s.part)
	}
	return TableSum{t.name, s.rows, hex.EncodeToString(s.hash.Sum(nil))}, wrap(err, "table %s", t.name)
}

// copyTable is sumTable, and puts each row into the same table of another
// database.
func (tx *Tx) copyTable(to *Tx, t *table, tick func(int64)) (TableSum, error) {
	return tx.sumTable(t, tick, func(part [][]any) error {
		return translate(to.conn.insert(to.ctx, t.name, t.names(), part))
	})
}

// summing is a table that is being read.
type summing struct {
	table *table
	hash  hash.Hash
	rows  int64
	buf   []byte // a row as it is hashed
	cell  []byte
	keep  func([][]any) error
	part  [][]any
	bytes int
}

func (s *summing) add(r row) error {
	s.rows++
	s.buf = s.buf[:0]
	var values []any
	for i, c := range s.table.columns {
		if c.kind == wholeColumn {
			n := r.int(i)
			s.buf = binary.BigEndian.AppendUint64(s.buf, uint64(n))
			if s.keep != nil {
				values = append(values, n)
			}
			continue
		}
		s.cell = r.bytes(i, s.cell)
		s.buf = append(binary.AppendUvarint(s.buf, uint64(len(s.cell))), s.cell...)
		switch {
		case s.keep == nil:
		case c.kind == textColumn:
			values = append(values, string(s.cell))
		default:
			values = append(values, append([]byte{}, s.cell...))
		}
	}
	s.hash.Write(s.buf)
	if s.keep == nil {
		return nil
	}
	s.part, s.bytes = append(s.part, values), s.bytes+len(s.buf)
	if len(s.part) < partRows && s.bytes < partBytes {
		return nil
	}
	err := s.keep(s.part)
	s.part, s.bytes = s.part[:0], 0
	return err
}
