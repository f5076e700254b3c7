package app

import (
	"bytes"
	"context"
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/wire"
)

// Sighting is a rule as it was answered for a day: that of a member, or, with
// an empty User, one among all of the corporation.
type Sighting = store.Sighting

// SightRules keeps what was answered for a day about members, of whom one
// without a Sighting has no rule; with "" alone among them it is the list of all
// rules, and what was answered that day about members is forgotten. docs are by
// their digests.
func (a *App) SightRules(ctx context.Context, corp *Corp, day attendance.Day, users []attendance.UserID, seen []Sighting, docs map[string][]byte) error {
	return a.db.Write(ctx, func(tx *store.Tx) error {
		list := len(users) == 1 && users[0] == ""
		if list {
			if err := tx.DropSightings(corp.ID, day); err != nil {
				return err
			}
		} else {
			w := factWriter{tx: tx, corp: corp}
			if err := w.spell(len(users), func(i int) *attendance.UserID { return &users[i] }); err != nil {
				return fmt.Errorf("rules of members%w", err)
			}
			if err := w.spell(len(seen), func(i int) *attendance.UserID { return &seen[i].User }); err != nil {
				return fmt.Errorf("rules%w", err)
			}
			without := map[attendance.UserID]bool{}
			for _, u := range users {
				without[u] = true
			}
			for _, s := range seen {
				delete(without, s.User)
			}
			for u := range without {
				seen = append(seen, Sighting{User: u, Day: day})
			}
		}
		for digest, doc := range docs {
			if err := tx.PutSightedDoc(corp.ID, digest, doc); err != nil {
				return err
			}
		}
		return tx.PutSightings(corp.ID, day, users, seen)
	})
}

// Sightings returns all that was answered about rules, in the order of members
// and days, with the documents by their digests.
func (a *App) Sightings(ctx context.Context, corp *Corp) (seen []Sighting, docs map[string][]byte, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		if seen, err = tx.Sightings(corp.ID); err == nil {
			docs, err = tx.SightedDocs(corp.ID)
		}
		return err
	})
	return seen, docs, err
}

// MirroredRule is a rule from one day to another, both included; without a Doc
// there is none.
type MirroredRule struct {
	Group       attendance.GroupID
	First, Last attendance.Day
	Doc         []byte // in the read form
}

// MirrorRules makes the rules of a corporation those that are given, for the
// days that are given, and returns how many versions that took and which groups'
// documents cannot be used.
func (a *App) MirrorRules(ctx context.Context, corp *Corp, rules []MirroredRule) (added int, unusable map[attendance.GroupID]error, err error) {
	now := a.Now()
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		added, unusable = 0, map[attendance.GroupID]error{}
		m := ruleMirror{tx: tx, corp: corp, now: now, docs: map[int64][]byte{}}
		if m.heads, err = tx.RuleHeads(corp.ID, 1<<62); err != nil {
			return err
		}
		var subjects []string
		for i := range rules {
			r := &rules[i]
			if r.Doc != nil {
				if _, err := wire.CompileRule(r.Doc, wire.FormRead, corp.Zone); err != nil {
					unusable[r.Group] = err
					continue
				}
			}
			same, err := m.same(r)
			if err != nil {
				return err
			}
			if same {
				continue
			}
			if err := m.add(r); err != nil {
				return err
			}
			subjects = append(subjects, ruleSubject(r.Group))
		}
		if added = len(subjects); added == 0 {
			return nil
		}
		return a.note(ctx, tx, corp.ID, act{"rules.mirror", subjects, rules})
	})
	return added, unusable, err
}

// GroupsOf returns the rules that members are under now by the rules and
// departments that are stored; who is under none is left out.
func (a *App) GroupsOf(ctx context.Context, corp *Corp, users []attendance.UserID) (under map[attendance.UserID]attendance.GroupID, err error) {
	now := a.Now()
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		s, err := a.share(tx, corp, now)
		if err == nil {
			under, err = s.groupsOf(tx, corp, users, now)
		}
		return err
	})
	return under, err
}

// ruleMirror compares rules with those that are stored.
type ruleMirror struct {
	tx    *store.Tx
	corp  *Corp
	now   int64
	heads []store.RuleVersion
	docs  map[int64][]byte
}

// same reports whether a rule is stored as it is given on all of its days.
func (m *ruleMirror) same(r *MirroredRule) (bool, error) {
	for d := r.First; d <= r.Last; {
		v, until := m.on(r.Group, d)
		until = min(until, r.Last)
		switch {
		case (v == nil || v.Deleted) != (r.Doc == nil):
			return false, nil
		case r.Doc != nil:
			doc, err := m.doc(v.Version)
			if err != nil || !bytes.Equal(doc, r.Doc) {
				return false, err
			}
		}
		d = until + 1
	}
	return true, nil
}

// on returns the version of a group that counts on a day, nil for none, and the
// last day until which no other begins or ends.
func (m *ruleMirror) on(group attendance.GroupID, d attendance.Day) (found *store.RuleVersion, until attendance.Day) {
	until = attendance.MaxDay
	for i := range m.heads {
		v := &m.heads[i]
		if v.Group != group {
			continue
		}
		switch {
		case v.First > d:
			until = min(until, v.First-1)
		case v.Last >= d:
			found = v
			until = min(until, v.Last)
		}
	}
	return found, until
}

func (m *ruleMirror) doc(version int64) ([]byte, error) {
	if doc, ok := m.docs[version]; ok {
		return doc, nil
	}
	doc, err := m.tx.RuleDoc(m.corp.ID, version)
	m.docs[version] = doc
	return doc, err
}

func (m *ruleMirror) add(r *MirroredRule) error {
	v := store.RuleVersion{
		Group: r.Group, First: r.First, Last: r.Last, KnownAt: m.now, Form: store.FormRead, Doc: r.Doc, CreatedAt: m.now,
	}
	if r.Doc == nil {
		v.Deleted, v.Doc = true, []byte("{}")
	}
	version, err := m.tx.AddRuleVersion(m.corp.ID, v)
	if err == nil {
		v.Version = version
		m.heads = append(m.heads, v)
		m.docs[version] = v.Doc
	}
	return err
}

// eraseFromMirror takes a userid out of the rule documents that were answered.
func eraseFromMirror(tx *store.Tx, corp *Corp, user attendance.UserID) error {
	docs, err := tx.SightedDocs(corp.ID)
	if err != nil {
		return err
	}
	for digest, doc := range docs {
		clean, found, err := withoutUser(doc, user)
		if err != nil {
			return fmt.Errorf("rule document: %w", err)
		}
		if !found {
			continue
		}
		if err := tx.SetSightedDoc(corp.ID, digest, clean); err != nil {
			return err
		}
	}
	return nil
}
