package app

import (
	"context"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/engine"
	"github.com/dakahq/daka/internal/store"
)

// RecordKind says which punches are asked for.
type RecordKind int

// The kinds of punches.
const (
	DutyRecords    RecordKind = 1
	OutsideRecords RecordKind = 2
	AllRecords     RecordKind = 3
)

// Records returns the members' punches between two instants, both included,
// each with the place that was found for it, in order of member and time. What
// a device sent that fits no window of its rule is not among them: see
// DeviceRecords. It returns attendance.ErrUnknownUser.
func (a *App) Records(ctx context.Context, corp *Corp, users []attendance.UserID, from, to int64, kind RecordKind) ([]attendance.MatchedPunch, error) {
	first, _ := corp.Zone.DayAt(from)
	last, _ := corp.Zone.DayAt(to)
	var records []attendance.PunchRecord
	places := map[placeKey]attendance.MatchedPunch{}
	q := Query{Corp: corp, Users: users, First: first - 1, Last: last + 1}
	var ids []attendance.UserID
	err := a.eachMember(ctx, q, func(s *shared, e *engine.Evaluator, p *attendance.Person, m *Member) error {
		ids = append(ids, p.ID)
		e.Days(p, q.First, q.Last, func(r *attendance.DayReport) { place(places, p, r) })
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = a.db.Read(ctx, func(tx *store.Tx) (err error) {
		records, err = tx.Records(corp.ID, ids, from, to)
		return err
	})
	if err != nil {
		return nil, err
	}
	out := make([]attendance.MatchedPunch, 0, len(records))
	for i := range records {
		m := places[keyOf(records[i].User, &records[i].Punch)]
		m.PunchRecord = records[i]
		if wanted(&m, kind) {
			out = append(out, m)
		}
	}
	return out, nil
}

// wanted reports whether a punch is of the kind asked for and, when a device
// sent it, took part in its day.
func wanted(m *attendance.MatchedPunch, kind RecordKind) bool {
	outside := m.Flags&attendance.Outside != 0
	if outside && kind == DutyRecords || !outside && kind == OutsideRecords {
		return false
	}
	if m.Use.Outcome != attendance.Unmatched || m.Source == attendance.SourcePhone {
		return true
	}
	return !slices.Contains([]attendance.Why{attendance.WhyNoDay, attendance.WhyNoWindow, attendance.WhyWrongWindow}, m.Use.Why)
}

// placeKey is the identity of a punch.
type placeKey struct {
	user   attendance.UserID
	at     int64
	source attendance.Source
	device string
}

func keyOf(user attendance.UserID, p *attendance.Punch) placeKey {
	return placeKey{user, p.At, p.Source, p.Device}
}

// place notes where a report put its punches.
func place(places map[placeKey]attendance.MatchedPunch, p *attendance.Person, r *attendance.DayReport) {
	for _, u := range r.Uses {
		m := attendance.MatchedPunch{Day: r.Day, Kind: r.Kind, Use: u}
		m.RecordOnly = r.Kind.Rule != nil && len(r.Kind.Sections) == 0 && r.Kind.Rule.Method == attendance.RecordOnly
		if u.Outcome == attendance.Used {
			m.OffTime = offTime(r, u)
		}
		places[keyOf(p.ID, &p.Punches[u.Punch])] = m
	}
}

// offTime reports whether the card that a punch made is late or early.
func offTime(r *attendance.DayReport, u attendance.PunchUse) bool {
	for i := range r.Findings {
		f := &r.Findings[i]
		if (f.Code == attendance.Late || f.Code == attendance.Early) && f.Reason.Section == u.Section && f.Reason.Slot == u.Slot {
			return true
		}
	}
	return false
}

// DeviceRecords returns what devices sent of the members between two instants,
// both included: by the time of the punch, or by the time at which it was
// received. Userids that name nobody are passed over.
func (a *App) DeviceRecords(ctx context.Context, corp *Corp, users []attendance.UserID, from, to int64, byUpload bool) (records []attendance.PunchRecord, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		known, err := corp.usersIn(tx, users)
		if err != nil {
			return err
		}
		var ids []attendance.UserID
		for _, u := range users {
			if id, ok := known[u.Fold()]; ok && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
		records, err = tx.DeviceRecords(corp.ID, ids, from, to, byUpload)
		return err
	})
	return records, err
}
