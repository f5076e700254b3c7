package app

import (
	"context"
	"maps"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// quitters returns those who are listed as having quit and not as members, too,
// by their folded ids, without those who were erased.
func (d *directoryMirror) quitters(there map[string]*Contact) (map[string]*Contact, error) {
	quit := make(map[string]*Contact, len(d.listed.Quit))
	if len(d.listed.Quit) == 0 {
		return quit, nil
	}
	erased, err := d.erased()
	if err != nil {
		return nil, err
	}
	for i := range d.listed.Quit {
		c := &d.listed.Quit[i]
		if !c.ID.Valid() {
			return nil, badInput("userid %q: 1 to 64 letters, digits and _-@., the first a letter or digit", c.ID)
		}
		if there[c.ID.Fold()] == nil && !erased(c.ID) {
			quit[c.ID.Fold()] = c
		}
	}
	return quit, nil
}

// quitBefore returns the member who had quit before the first list that had one.
func (d *directoryMirror) quitBefore(c *Contact) *store.Member {
	m := newerMember(nil, c, d.news.First, d.today, d.now)
	m.Left = d.today - 1
	m.Joined = min(m.Joined, m.Left)
	return m
}

// coverQuit notes who was listed as having quit: once each, with the latest list.
func (d *directoryMirror) coverQuit() error {
	var users []attendance.UserID
	for _, folded := range slices.Sorted(maps.Keys(d.quit)) {
		users = append(users, d.quit[folded].ID)
	}
	known, err := d.tx.ResolveUsers(d.corp.ID, users)
	if err != nil {
		return err
	}
	for i, u := range users {
		users[i] = known[u.Fold()]
	}
	once := Covered{Kind: MirroredQuit, First: attendance.MinDay, Last: attendance.MinDay, At: d.now}
	return d.tx.Cover(d.corp.ID, once, users)
}

// LastDay is a member's last day of employment.
type LastDay struct {
	User attendance.UserID
	Day  attendance.Day
}

// MirrorLastDays moves the last days of members who were first listed as having
// quit at an instant or later, for theirs is a guess: where WeCom was asked about
// the last of their days since then, and has no report of these, their last day is
// the one before. Who has no reports at all keeps the guess.
func (a *App) MirrorLastDays(ctx context.Context, corp *Corp, users []attendance.UserID, since int64) (moved []LastDay, err error) {
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		moved = nil
		members, err := tx.Members(corp.ID, a.Now(), users)
		if err != nil {
			return err
		}
		cover, err := tx.Coverage(corp.ID)
		if err != nil {
			return err
		}
		var versions []store.Member
		for _, m := range members {
			if m.KnownAt < since {
				continue
			}
			last, err := lastReported(tx, corp, &m, cover, since)
			if err != nil {
				return err
			}
			if last < m.Left {
				m.KnownAt, m.Left = a.Now(), last
				versions = append(versions, m)
				moved = append(moved, LastDay{m.ID, last})
			}
		}
		return a.mirrorVersions(ctx, tx, corp, versions, moved)
	})
	return moved, err
}

// lastReported returns the last day of a member before those that WeCom was asked
// about since an instant and has no report of. It is the one that is known where
// there are none at all, or one of the last day that was asked about, and where
// none was told since then: WeCom may tell nothing any more of who has quit.
func lastReported(tx *store.Tx, corp *Corp, m *store.Member, cover []Covered, since int64) (attendance.Day, error) {
	reported, told := map[attendance.Day]bool{}, false
	err := tx.Verdicts(corp.ID, []attendance.UserID{m.ID}, attendance.MinDay, m.Left, func(v store.Verdict) error {
		reported[v.First] = true
		told = told || v.FetchedAt >= since
		return nil
	})
	if err != nil || !told {
		return m.Left, err
	}
	asked := map[attendance.Day]bool{}
	end := attendance.MinDay // the last of them
	for _, c := range cover {
		if c.Kind != MirroredDays || c.User != m.ID || c.At < since {
			continue
		}
		for d := c.First; d <= min(c.Last, m.Left); d++ {
			asked[d], end = true, max(end, d)
		}
	}
	last := end
	for last > m.Joined && asked[last] && !reported[last] {
		last--
	}
	if last == end {
		return m.Left, nil
	}
	return last, nil
}
