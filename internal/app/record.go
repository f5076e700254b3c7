package app

import (
	"encoding/json"
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// A closed month is kept as one row for each member and day, which points into
// a list of the kinds of days that all of them share. The rows hold the whole
// report with its reasons, so that it can be read and explained without the
// engine that made it.

// recordDay is a day report as it is kept: Kind is an index.
type recordDay struct {
	attendance.DayReport
	Kind int
	// Refusals are the texts of the errors in the findings' reasons, in their order.
	Refusals []string `json:",omitempty"`
}

// recorder turns reports into rows.
type recorder struct {
	kinds []*attendance.DayKind
	index map[*attendance.DayKind]int
	rows  []store.MonthRecord
}

func newRecorder() *recorder { return &recorder{index: map[*attendance.DayKind]int{}} }

func (rec *recorder) add(r *attendance.DayReport) error {
	i, ok := rec.index[r.Kind]
	if !ok {
		i = len(rec.kinds)
		rec.index[r.Kind] = i
		rec.kinds = append(rec.kinds, bareKind(r.Kind))
	}
	day := recordDay{DayReport: *r, Kind: i}
	day.DayReport.Kind = nil
	day.Findings = append([]attendance.Finding(nil), r.Findings...)
	for j := range day.Findings {
		if err := day.Findings[j].Reason.Err; err != nil {
			day.Refusals = append(day.Refusals, err.Error())
			day.Findings[j].Reason.Err = nil
		}
	}
	doc, err := json.Marshal(day)
	if err != nil {
		return fmt.Errorf("record %s of %q: %w", r.Day, r.User, err)
	}
	rec.rows = append(rec.rows, store.MonthRecord{User: r.User, Day: r.Day, Doc: doc})
	return nil
}

// bareKind leaves out of a kind's rule what no report shows.
func bareKind(k *attendance.DayKind) *attendance.DayKind {
	bare := *k
	if k.Rule != nil {
		bare.Rule = &attendance.Rule{
			ID: k.Rule.ID, Name: k.Rule.Name, Type: k.Rule.Type, Places: k.Rule.Places,
			Method: k.Rule.Method, OffInterval: k.Rule.OffInterval, Overtime: k.Rule.Overtime,
		}
	}
	return &bare
}

// shared returns the row of the kinds.
func (rec *recorder) shared() (store.MonthRecord, error) {
	doc, err := json.Marshal(rec.kinds)
	return store.MonthRecord{Day: attendance.MinDay, Doc: doc}, err
}

// readKinds is the inverse of shared.
func readKinds(doc []byte) (kinds []*attendance.DayKind, err error) {
	err = json.Unmarshal(doc, &kinds)
	return kinds, err
}

// readDay is the inverse of add.
func readDay(doc []byte, kinds []*attendance.DayKind) (*attendance.DayReport, error) {
	var day recordDay
	if err := json.Unmarshal(doc, &day); err != nil {
		return nil, err
	}
	if day.Kind < 0 || day.Kind >= len(kinds) {
		return nil, fmt.Errorf("kind %d of %d", day.Kind, len(kinds))
	}
	r := &day.DayReport
	r.Kind = kinds[day.Kind]
	for i := range r.Findings {
		if f := &r.Findings[i]; f.Code == attendance.Refused && len(day.Refusals) > 0 {
			f.Reason.Err = refusal(day.Refusals[0])
			day.Refusals = day.Refusals[1:]
		}
	}
	return r, nil
}

// refusal is the text of an error that was kept.
type refusal string

func (r refusal) Error() string { return string(r) }
