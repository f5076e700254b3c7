package checkin

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// Checkpoint says how far a Fetch has come, so that a later one can go on from
// there: keep its text, and give it to the same Fetch. The zero value is that of
// any Fetch at its beginning. It may be read between the steps of the loop that
// it belongs to, and serves one loop at a time.
//
// In order, it counts the members whose elements have all been yielded, and the
// loop has gone on after; a Fetch that goes on yields those of the member under
// way from the beginning. Unordered, it counts the calls so, and those under way
// are made again with all that they bring, punches included of the second at
// which a call met one that is done. Nothing else is yielded a second time,
// and nothing is left out.
type Checkpoint struct {
	query string // a summary of the Fetch; "" = of none yet
	done  ranges // members or calls
}

// ErrCheckpoint says that a Checkpoint belongs to another Fetch: one of other
// members, other days or in another order.
var ErrCheckpoint = errors.New("the checkpoint is that of another fetch")

// summary is what a Checkpoint is good for, beside the members.
type summary struct {
	path      string
	windows   []window
	unordered bool
}

// begin takes on a query, or fails with ErrCheckpoint when there is another.
func (c *Checkpoint) begin(s summary, users []string) error {
	folded := make([]string, len(users))
	for i, u := range users {
		folded[i] = fold(u)
	}
	var seconds [][2]int64
	for _, w := range s.windows {
		seconds = append(seconds, [2]int64{w.start, w.end})
	}
	text, err := json.Marshal([]any{s.path, seconds, s.unordered, folded})
	if err != nil {
		return fmt.Errorf("sum up the fetch: %w", err)
	}
	sum := sha256.Sum256(text)
	query := base64.RawURLEncoding.EncodeToString(sum[:16])
	if c.query != "" && c.query != query {
		return ErrCheckpoint
	}
	c.query = query
	return nil
}

// checkpointVersion begins the text of every Checkpoint.
const checkpointVersion = "1"

// MarshalText writes c in some 30 bytes, and as many digits as its gaps need.
func (c Checkpoint) MarshalText() ([]byte, error) {
	return []byte(checkpointVersion + ":" + c.query + ":" + c.done.String()), nil
}

// UnmarshalText reads what MarshalText wrote.
func (c *Checkpoint) UnmarshalText(text []byte) error {
	parts := strings.Split(string(text), ":")
	if len(parts) != 3 || parts[0] != checkpointVersion {
		return errors.New("checkpoint: it is none, or of a later version")
	}
	done, err := parseRanges(parts[2])
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	if parts[1] == "" && len(done) > 0 {
		return errors.New("checkpoint: it does not say what of")
	}
	*c = Checkpoint{parts[1], done}
	return nil
}
