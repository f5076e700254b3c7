package app

import (
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// members returns the versions of members that a directory brings.
func (d *directoryMirror) members() (changed []store.Member, err error) {
	have, err := d.tx.Members(d.corp.ID, d.now, nil)
	if err != nil {
		return nil, err
	}
	known := make(map[string]*store.Member, len(have))
	for i := range have {
		known[have[i].ID.Fold()] = &have[i]
	}
	there, err := d.there()
	if err != nil {
		return nil, err
	}
	if d.quit, err = d.quitters(there); err != nil {
		return nil, err
	}
	left, err := d.gone(have, there)
	if err != nil {
		return nil, err
	}
	d.news.First = d.firstDay(known, there)
	var joined []store.Member
	for i := range d.listed.Members {
		c := &d.listed.Members[i]
		if there[c.ID.Fold()] != c {
			continue // it comes twice, or was erased
		}
		m := known[c.ID.Fold()]
		if m != nil && m.Left < d.today {
			d.news.Back = append(d.news.Back, m.ID)
		}
		is := newerMember(m, c, d.news.First, d.today, d.now)
		if is == nil {
			continue
		}
		changed = append(changed, *is)
		d.strangers = d.strangers || m == nil
		if m == nil && d.listed.Before != 0 {
			joined = append(joined, *is)
			d.news.Joined = append(d.news.Joined, is.ID)
		}
	}
	for _, folded := range slices.Sorted(maps.Keys(d.quit)) {
		if known[folded] == nil {
			m := d.quitBefore(d.quit[folded])
			d.news.QuitBefore, d.news.LastBefore = append(d.news.QuitBefore, m.ID), m.Left
			changed = append(changed, *m)
			d.strangers = true
		}
	}
	for i := range left {
		if d.quit[left[i].ID.Fold()] != nil {
			d.news.Quit = append(d.news.Quit, left[i].ID)
		} else {
			d.news.Left = append(d.news.Left, left[i].ID)
		}
		for j := range joined {
			if sameBadge(&left[i], &joined[j]) {
				d.news.Renamed = append(d.news.Renamed, [2]attendance.UserID{left[i].ID, joined[j].ID})
			}
		}
	}
	return append(changed, left...), nil
}

// there returns the members that are listed, by their folded ids, without those
// who were erased.
func (d *directoryMirror) there() (map[string]*Contact, error) {
	erased, err := d.erased()
	if err != nil {
		return nil, err
	}
	there := make(map[string]*Contact, len(d.listed.Members))
	for i := range d.listed.Members {
		c := &d.listed.Members[i]
		if !c.ID.Valid() {
			return nil, badInput("userid %q: 1 to 64 letters, digits and _-@., the first a letter or digit", c.ID)
		}
		if there[c.ID.Fold()] == nil && !erased(c.ID) {
			there[c.ID.Fold()] = c
		}
	}
	if len(d.listed.Members) == 0 && !d.listed.AcceptShrinking {
		return nil, fmt.Errorf("%w: nobody is listed", ErrShrunk)
	}
	return there, nil
}

// gone returns those who are known to be employed and not listed any more, as
// having left. Who vanishes on the day of the last list is employed that day.
func (d *directoryMirror) gone(have []store.Member, there map[string]*Contact) (left []store.Member, err error) {
	d.news.Last = min(d.today, cmp.Or(d.listed.Before, d.today-1))
	employed := 0
	for _, m := range have {
		if m.Left <= d.today {
			continue
		}
		employed++
		switch {
		case there[m.ID.Fold()] != nil:
		case d.quit[m.ID.Fold()] == nil && d.hidden(&m):
			d.news.Kept = append(d.news.Kept, m.ID)
		default:
			m.KnownAt, m.Left = d.now, max(d.news.Last, m.Joined)
			left = append(left, m)
		}
	}
	if len(left) > normalChange(employed) && !d.listed.AcceptShrinking {
		return nil, fmt.Errorf("%w: %d of %d are not listed any more", ErrShrunk, len(left), employed)
	}
	return left, nil
}

// hidden reports whether a member is known to be in departments whose members
// may not be listed, and in none else.
func (d *directoryMirror) hidden(m *store.Member) bool {
	return len(m.Depts) > 0 && !slices.ContainsFunc(m.Depts, func(id attendance.DeptID) bool {
		return !slices.Contains(d.listed.Hidden, id)
	})
}

// firstDay returns since when those are employed who are listed for the first
// time: the day after the last list, for they were not on it, but if there was
// none, or they are many, it is not told.
func (d *directoryMirror) firstDay(known map[string]*store.Member, there map[string]*Contact) attendance.Day {
	fresh := 0
	for folded := range there {
		if known[folded] == nil {
			fresh++
		}
	}
	if d.listed.Before == 0 || fresh > normalChange(len(known)) {
		return attendance.MinDay
	}
	return min(d.listed.Before+1, d.today)
}

// newerMember returns the version of a member that a directory now gives; nil
// when it is the one that is known. The departments of a member who was not
// known hold from the start: since when is not told.
func newerMember(known *store.Member, c *Contact, joined, today attendance.Day, now int64) *store.Member {
	m := &store.Member{
		ID: c.ID, KnownAt: now, From: attendance.MinDay, Name: c.Name, Alias: c.Alias,
		Depts: c.Depts, Tags: c.Tags, Joined: joined, Left: attendance.MaxDay,
	}
	if known == nil {
		return m
	}
	m.ID, m.From, m.Joined = known.ID, known.From, known.Joined
	if !slices.Equal(known.Depts, m.Depts) {
		m.From = today
	}
	was, is := *known, *m
	was.KnownAt, is.KnownAt = 0, 0
	was.Tags, is.Tags = nil, nil // tags are not told
	m.Tags = known.Tags
	if reflect.DeepEqual(was, is) {
		return nil
	}
	return m
}

// sameBadge reports whether two members have the same name, and one that is no
// userid, in the same departments.
func sameBadge(a, b *store.Member) bool {
	one, other := slices.Sorted(slices.Values(a.Depts)), slices.Sorted(slices.Values(b.Depts))
	return a.Name != "" && a.Name == b.Name && a.Name != string(a.ID) && slices.Equal(one, other)
}
