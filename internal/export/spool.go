package export

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// spool keeps rows apart by the sheet they are for until all have come, in one
// temporary file and little memory.
type spool struct {
	file   *os.File
	size   int64
	sheets map[string]*spooled
}

// spooled is where the rows of one sheet are.
type spooled struct {
	chunks []chunk
	tail   []byte // not in the file yet
}

type chunk struct{ at, size int64 }

// spoolChunk is from which size on rows go to the file.
const spoolChunk = 32 << 10

func newSpool() (*spool, error) {
	file, err := os.CreateTemp("", "daka-export-")
	if err != nil {
		return nil, err
	}
	return &spool{file: file, sheets: map[string]*spooled{}}, nil
}

// close removes the file.
func (s *spool) close() error { return errors.Join(s.file.Close(), os.Remove(s.file.Name())) }

// add keeps a row for a sheet.
func (s *spool) add(sheet string, cells []cell) error {
	to := s.sheets[sheet]
	if to == nil {
		to = &spooled{}
		s.sheets[sheet] = to
	}
	for i := range cells {
		c := &cells[i]
		to.tail = append(to.tail, byte(c.kind), byte(c.tone))
		to.tail = binary.AppendVarint(to.tail, c.n)
		to.tail = binary.AppendUvarint(to.tail, uint64(len(c.text)))
		to.tail = append(to.tail, c.text...)
	}
	if len(to.tail) < spoolChunk {
		return nil
	}
	n, err := s.file.WriteAt(to.tail, s.size)
	to.chunks = append(to.chunks, chunk{s.size, int64(n)})
	s.size += int64(n)
	to.tail = to.tail[:0]
	return err
}

// each calls do with the rows of a sheet in the order in which they came, each
// of so many cells, which are good until it returns.
func (s *spool) each(sheet string, columns int, do func([]cell) error) error {
	from := s.sheets[sheet]
	var readers []io.Reader
	for _, c := range from.chunks {
		readers = append(readers, io.NewSectionReader(s.file, c.at, c.size))
	}
	in := bufio.NewReaderSize(io.MultiReader(append(readers, bytes.NewReader(from.tail))...), spoolChunk)
	cells := make([]cell, columns)
	for {
		if _, err := in.Peek(1); err == io.EOF {
			return nil
		}
		for i := range cells {
			if err := readCell(in, &cells[i]); err != nil {
				return fmt.Errorf("read %s: %w", s.file.Name(), err)
			}
		}
		if err := do(cells); err != nil {
			return err
		}
	}
}

func readCell(in *bufio.Reader, c *cell) error {
	var head [2]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return err
	}
	n, err := binary.ReadVarint(in)
	if err != nil {
		return err
	}
	size, err := binary.ReadUvarint(in)
	if err != nil {
		return err
	}
	*c = cell{kind: kind(head[0]), tone: tone(head[1]), n: n}
	if size == 0 {
		return nil
	}
	b := make([]byte, size)
	_, err = io.ReadFull(in, b)
	c.text = string(b)
	return err
}
