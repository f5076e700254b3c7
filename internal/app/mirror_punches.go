package app

import (
	"cmp"
	"context"
	"fmt"
	"reflect"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// PunchNews is what a batch of punches told.
type PunchNews struct {
	Changed int // punches that were new, or are told otherwise now
	// Gone are punches that an earlier batch told and this one does not, although
	// they were asked about. They stay: a punch has no end.
	Gone []PunchAt
}

// PunchAt is the second of a punch.
type PunchAt struct {
	User attendance.UserID
	At   int64 // Unix seconds
}

// MirrorPunches stores the punches that a batch brought.
//
// What getcheckindata tells and what get_hardware_checkin_data tells of the same
// member and second is one punch, for a door and a thumb cannot be in two
// places: with the source and device of the latter (fromDevices) and all else
// of the former. 外出打卡 is no such punch. Of several, the one of the same
// device is meant, else the first.
//
// The latter selects by when a punch was received, so what it does not tell
// says nothing. A punch that it tells for the first time has the punches and
// reports of its days fetched again that were fetched before the round began.
func (a *App) MirrorPunches(ctx context.Context, corp *Corp, b MirrorBatch, punches []attendance.PunchRecord, fromDevices bool) (news PunchNews, err error) {
	now := a.Now()
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		ids, err := b.cover(tx, corp)
		if err != nil || len(punches) == 0 && fromDevices {
			return err
		}
		w := factWriter{tx: tx, corp: corp, now: now}
		if err := w.spell(len(punches), func(i int) *attendance.UserID { return &punches[i].User }); err != nil {
			return fmt.Errorf("punches%w", err)
		}
		from, to := b.seconds(corp.Zone)
		for i := range punches {
			from, to = min(from, punches[i].At), max(to, punches[i].At)
		}
		m, err := newPunchMirror(tx, corp, ids, from, to)
		if err != nil {
			return err
		}
		if err := m.take(punches, fromDevices); err != nil {
			return err
		}
		news = PunchNews{}
		if !fromDevices {
			news.Gone = m.gone(&b, punches)
		}
		for _, p := range m.fresh {
			p.KnownAt = now
			m.insert = append(m.insert, *p)
		}
		if fromDevices {
			if err := b.refetch(tx, corp, m.insert); err != nil {
				return err
			}
		}
		news.Changed = m.rewritten + len(m.insert)
		_, _, err = tx.InsertPunches(corp.ID, m.insert)
		return err
	})
	return news, err
}

// seconds are those that a batch was surely asked about: whether the two at its
// ends are among them is not told.
func (b *MirrorBatch) seconds(zone *attendance.Zone) (from, to int64) {
	return zone.Midnight(b.First) + 1, zone.Midnight(b.Last+1) - 2
}

// refetch takes back that the days of punches were fetched before the batch's
// round. A punch may be a card of the day before, and of what is owed on the day
// after.
func (b *MirrorBatch) refetch(tx *store.Tx, corp *Corp, punches []attendance.PunchRecord) error {
	slices.SortFunc(punches, func(a, b attendance.PunchRecord) int {
		return cmp.Or(cmp.Compare(a.User, b.User), cmp.Compare(a.At, b.At))
	})
	var spans []Covered
	for i := range punches {
		d, _ := corp.Zone.DayAt(punches[i].At)
		if n := len(spans); n > 0 && spans[n-1].User == punches[i].User && spans[n-1].Last >= d-2 {
			spans[n-1].Last = d + 1
		} else {
			spans = append(spans, Covered{User: punches[i].User, First: d - 1, Last: d + 1})
		}
	}
	for _, c := range spans {
		for _, c.Kind = range []string{MirroredRecords, MirroredDays, MirroredMonths} {
			if err := tx.Uncover(corp.ID, c, []attendance.UserID{c.User}, b.Round); err != nil {
				return err
			}
		}
	}
	return nil
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

func newPunchMirror(tx *store.Tx, corp *Corp, users []attendance.UserID, from, to int64) (*punchMirror, error) {
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

// gone returns the punches of a phone that are known and were not told. Those
// that devices recorded too may be left out of what getcheckindata tells, and
// so may one for going that a later one for the same section has replaced.
func (m *punchMirror) gone(b *MirrorBatch, told []attendance.PunchRecord) (list []PunchAt) {
	type end struct {
		user    attendance.UserID
		section attendance.SectionID
	}
	offs := map[end][]int64{}
	for i := range told {
		if p := &told[i]; p.Slot == attendance.Off {
			offs[end{p.User, p.Section}] = append(offs[end{p.User, p.Section}], p.At)
		}
	}
	from, to := b.seconds(m.corp.Zone)
	for p := range m.stored {
		replaced := p.Slot == attendance.Off && slices.ContainsFunc(offs[end{p.User, p.Section}], func(at int64) bool {
			return at > p.At && at < p.At+attendance.SecondsPerDay/2
		})
		if p.Source == attendance.SourcePhone && p.At >= from && p.At <= to && !m.claimed[p] && !replaced {
			list = append(list, PunchAt{p.User, p.At})
		}
	}
	slices.SortFunc(list, func(a, b PunchAt) int { return cmp.Or(cmp.Compare(a.User, b.User), cmp.Compare(a.At, b.At)) })
	return list
}
