package mirror

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
)

// namedState keeps that the ranges of rules do not lead to what members are told.
const namedState = "rules name members"

// makeRules makes the rules of all that was answered about them. Where they lead
// members to others than they were told, as where the app does not see the
// department that a rule is of, they name their members from then on.
func (m *Mirror) makeRules(ctx context.Context) error {
	seen, docs, err := m.app.Sightings(ctx, m.corp)
	if err != nil {
		return err
	}
	m.known = newKnowledge(seen)
	named, err := m.app.MirrorState(ctx, m.corp, namedState)
	if err != nil {
		return err
	}
	m.known.named = named != ""
	unusable, err := m.putRules(ctx, docs)
	if err != nil || m.known.named {
		return err
	}
	astray, err := m.astray(ctx, docs, unusable)
	if err != nil || !astray {
		return err
	}
	if err := m.app.SetMirrorState(ctx, m.corp, namedState, "1"); err != nil {
		return err
	}
	m.known.named = true
	_, err = m.putRules(ctx, docs)
	return err
}

// putRules stores what is known as versions of rules, and returns the groups whose
// documents cannot be used.
func (m *Mirror) putRules(ctx context.Context, docs map[string][]byte) (unusable map[attendance.GroupID]error, err error) {
	versions, err := m.known.versions(docs)
	if err != nil {
		return nil, err
	}
	added, unusable, err := m.app.MirrorRules(ctx, m.corp, versions)
	if err != nil {
		return nil, err
	}
	m.tally.add(ruleList, 0, 0, added)
	for group, bad := range unusable {
		m.tally.problem(fmt.Sprintf("rule %d cannot be used: %v", group, bad))
	}
	return unusable, nil
}

// astray reports whether a member is not under the rule of today that the member
// was told. Who is on the white list of that rule is under none.
func (m *Mirror) astray(ctx context.Context, docs map[string][]byte, unusable map[attendance.GroupID]error) (bool, error) {
	employed, err := m.users(ctx)
	if err != nil {
		return false, err
	}
	told := map[attendance.UserID]attendance.GroupID{}
	var users []attendance.UserID
	for _, u := range employed {
		own := m.known.members[u]
		if n := len(own); n > 0 && own[n-1].Day == m.today && unusable[own[n-1].Group] == nil {
			users = append(users, u)
			told[u] = own[n-1].Group
		}
	}
	if len(users) == 0 {
		return false, nil
	}
	under, err := m.app.GroupsOf(ctx, m.corp, users)
	if err != nil {
		return false, err
	}
	exempt, err := m.exempt(docs)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(users, func(u attendance.UserID) bool {
		return under[u] != told[u] && (under[u] != 0 || !exempt[told[u]][u.Fold()])
	}), nil
}

// exempt returns the folded userids on the white lists of the rules that were
// listed last.
func (m *Mirror) exempt(docs map[string][]byte) (map[attendance.GroupID]map[string]bool, error) {
	exempt := map[attendance.GroupID]map[string]bool{}
	last := attendance.MinDay
	for day := range m.known.lists {
		last = max(last, day)
	}
	for _, s := range m.known.lists[last] {
		if s.Group == 0 {
			continue
		}
		var doc struct {
			WhiteUsers []attendance.UserID `json:"white_users"`
		}
		if err := json.Unmarshal(docs[s.Digest], &doc); err != nil {
			return nil, fmt.Errorf("rule %d: %w", s.Group, err)
		}
		exempt[s.Group] = map[string]bool{}
		for _, u := range doc.WhiteUsers {
			exempt[s.Group][u.Fold()] = true
		}
	}
	return exempt, nil
}
