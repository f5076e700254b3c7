package wecom

import (
	"bytes"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// tape is what the decoder of a stream reads from. It keeps what was read since
// the array's last good element, so that the next can be read a second time.
type tape struct {
	source io.Reader
	kept   []byte
	begin  int64 // offset of kept in what the decoder counts
	good   int64 // offset of the end of the last good element
}

// Read reads on, and lets go of what is not needed any more.
func (t *tape) Read(p []byte) (int, error) {
	n, err := t.source.Read(p)
	t.kept = append(t.kept[:copy(t.kept, t.kept[t.good-t.begin:])], p[:n]...)
	t.begin = t.good
	return n, err
}

// rewind lets dec go on behind the last good element, which was the one of
// that number in the array of that name.
func (t *tape) rewind(dec *jsontext.Decoder, array string, good int) error {
	rest := bytes.TrimLeft(t.kept[t.good-t.begin:], " \t\r\n")
	if good > 0 {
		rest = bytes.TrimPrefix(rest, []byte(","))
	}
	name, err := jsontext.AppendQuote(nil, array)
	if err != nil {
		return err
	}
	// The elements before are there as nulls, for errors that say where they are.
	before := "{" + string(name) + ":[" + strings.Repeat("null,", good)
	dec.Reset(io.MultiReader(strings.NewReader(before), bytes.NewReader(bytes.Clone(rest)), t.source), lenient)
	for range 3 + good { // { name [ null ...
		if _, err := dec.ReadToken(); err != nil {
			return err
		}
	}
	return nil
}
