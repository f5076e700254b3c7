package app

import (
	"context"
	"fmt"
	"reflect"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// MirrorPunches stores the punches that a batch brought, and returns how many
// were new or are told otherwise now.
//
// What getcheckindata tells and what get_hardware_checkin_data tells of the same
// member and second is one punch, for a door and a thumb cannot be in two
// places: with the source and device of the latter (fromDevices) and all else
// of the former. 外出打卡 is no such punch. Of several, the one of the same
// device is meant, else the first.
func (a *App) MirrorPunches(ctx context.Context, corp *Corp, b MirrorBatch, punches []attendance.PunchRecord, fromDevices bool) (changed int, err error) {
	now := a.Now()
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		ids, err := b.cover(tx, corp)
		if err != nil || len(punches) == 0 {
			return err
		}
		w := factWriter{tx: tx, corp: corp, now: now}
		if err := w.spell(len(punches), func(i int) *attendance.UserID { return &punches[i].User }); err != nil {
			return fmt.Errorf("punches%w", err)
		}
		m, err := newPunchMirror(tx, corp, ids, punches)
		if err != nil {
			return err
		}
		if err := m.take(punches, fromDevices); err != nil {
			return err
		}
		for _, p := range m.fresh {
			p.KnownAt = now
			m.insert = append(m.insert, *p)
		}
		changed = m.rewritten + len(m.insert)
		_, _, err = tx.InsertPunches(corp.ID, m.insert)
		return err
	})
	return changed, err
}

// second is one second of a member.
type second struct {
	user attendance.UserID
	at   int64
}

// punchMirror joins punches with those that are stored.
type punchMirror struct {
	tx        *store.Tx
	corp      *Corp
	have      map[second][]*attendance.PunchRecord
	stored    map[*attendance.PunchRecord]bool
	claimed   map[*attendance.PunchRecord]bool // by a punch of the batch
	fresh     []*attendance.PunchRecord
	insert    []attendance.PunchRecord
	rewritten int
}

func newPunchMirror(tx *store.Tx, corp *Corp, users []attendance.UserID, punches []attendance.PunchRecord) (*punchMirror, error) {
	from, to := punches[0].At, punches[0].At
	for i := range punches {
		from, to = min(from, punches[i].At), max(to, punches[i].At)
	}
	records, err := tx.Records(corp.ID, users, from, to)
	if err != nil {
		return nil, err
	}
	m := &punchMirror{tx: tx, corp: corp, have: map[second][]*attendance.PunchRecord{}, stored: map[*attendance.PunchRecord]bool{}, claimed: map[*attendance.PunchRecord]bool{}}
	for i := range records {
		p := &records[i]
		m.have[second{p.User, p.At}] = append(m.have[second{p.User, p.At}], p)
		m.stored[p] = true
	}
	return m, nil
}

// take joins punches with what is known of their seconds: those first that name
// the device that is known.
func (m *punchMirror) take(punches []attendance.PunchRecord, fromDevices bool) error {
	var rest []*attendance.PunchRecord
	for i := range punches {
		p := &punches[i]
		was := m.find(p, func(h *attendance.PunchRecord) bool { return h.Device == p.Device })
		if was == nil {
			rest = append(rest, p)
			continue
		}
		if m.claimed[was] {
			continue // it came twice
		}
		if err := m.join(was, p, fromDevices); err != nil {
			return err
		}
	}
	for _, p := range rest {
		was := m.find(p, func(h *attendance.PunchRecord) bool {
			other := (h.Source == attendance.SourceDevice) != fromDevices
			return other && p.Flags&attendance.Outside == 0 && !m.claimed[h] || h.Device == p.Device
		})
		if was != nil && m.claimed[was] {
			continue // as above
		}
		if was == nil {
			at := second{p.User, p.At}
			m.have[at] = append(m.have[at], p)
			m.claimed[p] = true
			m.fresh = append(m.fresh, p)
			continue
		}
		if err := m.join(was, p, fromDevices); err != nil {
			return err
		}
	}
	return nil
}

// find returns a punch of the same second and kind that fits.
func (m *punchMirror) find(p *attendance.PunchRecord, fits func(*attendance.PunchRecord) bool) *attendance.PunchRecord {
	for _, h := range m.have[second{p.User, p.At}] {
		if h.Kind() == p.Kind() && fits(h) {
			return h
		}
	}
	return nil
}

// join puts what is told of a punch again into what is known.
func (m *punchMirror) join(was, p *attendance.PunchRecord, fromDevices bool) error {
	m.claimed[was] = true
	is := joined(was, p, fromDevices)
	if reflect.DeepEqual(is, *was) {
		return nil
	}
	if m.stored[was] {
		if err := m.tx.RewritePunch(m.corp.ID, was, &is); err != nil {
			return err
		}
		m.rewritten++
	}
	*was = is
	return nil
}

// joined is what two sources tell of one punch.
func joined(was, p *attendance.PunchRecord, fromDevices bool) attendance.PunchRecord {
	is := *was
	if fromDevices {
		is.Source, is.Device = p.Source, p.Device
		if p.DeviceName != "" {
			is.DeviceName = p.DeviceName
		}
		return is
	}
	is.Flags, is.Slot, is.Section, is.PunchDetail = p.Flags, p.Slot, p.Section, p.PunchDetail
	is.DeviceName = was.DeviceName
	if was.Source != attendance.SourceDevice {
		is.Device = p.Device
	}
	return is
}
