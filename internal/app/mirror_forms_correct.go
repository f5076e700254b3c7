package app

import (
	"cmp"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// correction stores a correction that has passed, in the slot that it answers,
// and takes it back when it has not any more. One that is told first when it was
// revoked has never stood.
func (m *formMirror) correction(f *MirroredForm, was attendance.ApprovalStatus) error {
	have, err := m.brought(f, was)
	switch passed := f.Status == attendance.Passed; {
	case err != nil:
		return err
	case have != nil && !passed:
		return m.retract(have, f.Decided)
	case have != nil && (have.Withdrawn == 0 || was == attendance.Passed):
		return nil
	case !passed && f.Status != attendance.Revoked:
		return nil
	}
	c := *f.Correction
	slot, err := m.slot(f.User, &c, f.Slot)
	if err != nil {
		return err
	}
	c.Slot, c.By, c.KnownAt = slot, attendance.ByApproval, cmp.Or(f.Decided, f.Applied)
	if f.Status == attendance.Revoked {
		c.Withdrawn = c.KnownAt
	}
	return m.add(f, &c)
}

// add stores a correction with the number of its form.
func (m *formMirror) add(f *MirroredForm, c *attendance.Correction) error {
	seq, err := m.tx.AddCorrection(m.corp.ID, &store.Correction{User: f.User, Correction: *c})
	if err == nil {
		err = m.tx.LinkCorrection(m.corp.ID, f.No, f.User, c.Day, seq)
	}
	if err != nil {
		return err
	}
	return m.changed(f.User, &Form{Correction: c}, c.KnownAt)
}

// brought returns the correction that a form has brought for a member; nil for
// none. Of forms that were mirrored before their numbers were kept it is told by
// its day and time.
func (m *formMirror) brought(f *MirroredForm, was attendance.ApprovalStatus) (*store.NumberedCorrection, error) {
	links, err := m.tx.FormCorrections(m.corp.ID, f.No)
	if err != nil {
		return nil, err
	}
	for i := range links {
		if links[i].User == f.User {
			return &links[i], nil
		}
	}
	if was != attendance.Passed {
		return nil, nil
	}
	all, err := m.tx.Corrections(m.corp.ID, []attendance.UserID{f.User}, f.Correction.Day, f.Correction.Day, 1<<62)
	for i := range all {
		if c := &all[i]; err == nil && c.By == attendance.ByApproval && c.At == f.Correction.At && c.Withdrawn == 0 {
			return c, nil
		}
	}
	return nil, err
}

// retract notes that a correction was taken back, unless it was before.
func (m *formMirror) retract(c *store.NumberedCorrection, decided int64) error {
	if c.Withdrawn != 0 {
		return nil
	}
	end := store.CorrectionEnd{User: c.User, Day: c.Day, Seq: c.Seq, KnownAt: m.since(decided, c.KnownAt)}
	if err := m.tx.EndCorrection(m.corp.ID, end); err != nil {
		return err
	}
	return m.changed(c.User, &Form{Correction: &c.Correction.Correction}, end.KnownAt)
}

// slot returns the due time that a correction answers: of those of its end of a
// section the nearest. A form does not tell it.
func (m *formMirror) slot(user attendance.UserID, c *attendance.Correction, end attendance.Slot) (slot attendance.TimeOfDay, err error) {
	if err := m.share(); err != nil {
		return 0, err
	}
	before, after := m.shared.corp.Margin()
	people, err := m.tx.Facts(m.corp.ID, []attendance.UserID{user}, c.Day-before, c.Day+after, m.now, m.corp.Zone)
	if err != nil || len(people) == 0 {
		return attendance.NoTime, err
	}
	e := m.shared.corp.NewEvaluator()
	if end == attendance.NoSlot {
		return e.OpenSlot(&people[0], c.Day, c.At), nil
	}
	slot = attendance.NoTime
	nearest := int64(1 << 62)
	e.Days(&people[0], c.Day, c.Day, func(r *attendance.DayReport) {
		for i := range r.Kind.Sections {
			due := r.Kind.Sections[i].On
			if end == attendance.Off {
				due = r.Kind.Sections[i].Off
			}
			away := m.corp.Zone.At(c.Day, due) - c.At
			if away = max(away, -away); away < nearest {
				slot, nearest = due, away
			}
		}
	})
	return slot, nil
}
