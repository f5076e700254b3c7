package mirror

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/wire"
	"github.com/dakahq/daka/wecom"
)

// rules copies the rules: all as they are now (K7), and for the past what each
// member's was on the first day and today (K2), with the days in between on
// which it changed. A day is asked about once; today again when a rule changed.
func (m *Mirror) rules(ctx context.Context, users []attendance.UserID) error {
	m.tally.plan(ruleList, 0, 1)
	if err := m.patiently(ctx, func() error { return m.allRules(ctx) }); err != nil {
		return err
	}
	if err := m.permitted(ctx, ruleList, true, m.memberRules(ctx, users)); err != nil {
		return err
	}
	return m.makeRules(ctx)
}

// sighted returns a rule document in canonical form with its id and digest; a
// document without a rule has group 0.
func sighted(doc json.RawMessage) (s app.Sighting, canonical []byte, err error) {
	var head struct {
		GroupID looseNumber `json:"groupid"`
	}
	if err := json.Unmarshal(doc, &head); err != nil || head.GroupID <= 0 {
		return s, nil, err
	}
	if canonical, err = wire.CanonicalRule(doc); err != nil {
		return s, nil, err
	}
	sum := sha256.Sum256(canonical)
	return app.Sighting{Group: attendance.GroupID(head.GroupID), Digest: hex.EncodeToString(sum[:12])}, canonical, nil
}

// sightedOf is sighted for a member's rule, which is the same for all who are
// under it but for what only the list of all rules has.
func sightedOf(doc json.RawMessage) (s app.Sighting, canonical []byte, err error) {
	if len(doc) == 0 {
		return s, nil, nil
	}
	if doc, err = wire.MemberRule(doc); err != nil {
		return s, nil, err
	}
	return sighted(doc)
}

// allRules asks for all rules (document 93384) and keeps them where one differs
// from what was answered last.
func (m *Mirror) allRules(ctx context.Context) error {
	cover, err := m.coverage(ctx)
	if err != nil {
		return err
	}
	if done := cover[ruleList][""]; len(done) > 0 && done[len(done)-1].At >= m.round {
		return nil
	}
	at := m.app.Now()
	var answer struct {
		wecom.Envelope
		Group []json.RawMessage `json:"group"`
	}
	op, _ := checkin.ForPath("/cgi-bin/checkin/getcorpcheckinoption")
	err = m.w.Call(ctx, wecom.Request{
		Path: op.Paths[0], Body: checkin.CorpOptionsRequest{}, Repeatable: true, Quota: wecom.Quota{Name: op.Name, PerMinute: op.RatePerMinute},
	}, &answer)
	if isForbidden(err) {
		return m.covered(ctx, ruleList, span{m.today, m.today}, at) // K2 tells of members' rules all the same
	}
	if err != nil {
		return err
	}
	seen := make([]app.Sighting, 0, len(answer.Group))
	docs := map[string][]byte{}
	for _, doc := range answer.Group {
		s, canonical, err := sighted(doc)
		if err != nil {
			return fmt.Errorf("a rule of the corporation: %w", err)
		}
		if s.Group != 0 {
			s.Day = m.today
			seen = append(seen, s)
			docs[s.Digest] = canonical
		}
	}
	if len(seen) == 0 {
		seen = append(seen, app.Sighting{Day: m.today})
	}
	have, _, err := m.app.Sightings(ctx, m.corp)
	if err != nil {
		return err
	}
	if !newKnowledge(have).listed(seen) {
		if err := m.app.SightRules(ctx, m.corp, m.today, []attendance.UserID{""}, seen, docs); err != nil {
			return err
		}
	}
	m.tally.add(ruleList, 1, len(seen), 0)
	return m.covered(ctx, ruleList, span{m.today, m.today}, at)
}

// memberRules asks for members' rules until every day on which one changed is known.
func (m *Mirror) memberRules(ctx context.Context, users []attendance.UserID) error {
	early, err := m.askedEarly(ctx)
	if err != nil {
		return err
	}
	for {
		seen, _, err := m.app.Sightings(ctx, m.corp)
		if err != nil {
			return err
		}
		k := newKnowledge(seen)
		k.early, k.left = early, m.left
		asks := k.questions(users, m.opts.From, m.today)
		if len(asks) == 0 {
			return nil
		}
		var jobs []job
		for _, a := range asks {
			for part := range slices.Chunk(a.users, checkin.MaxUsers) {
				jobs = append(jobs, job{part, a.day, a.day})
			}
		}
		m.tally.plan(ruleList, 0, len(jobs))
		if err := each(ctx, m, jobs, m.askRules); err != nil {
			return err
		}
		for _, a := range asks {
			if early[a.day] {
				delete(early, a.day)
				if err := m.covered(ctx, ruleList, span{a.day, a.day}, m.app.Now()); err != nil {
					return err
				}
			}
		}
	}
}

// askedEarly returns the days that are over and that rules were asked about
// before they were: one may have been edited later on that day.
func (m *Mirror) askedEarly(ctx context.Context) (map[attendance.Day]bool, error) {
	cover, err := m.coverage(ctx)
	days := map[attendance.Day]bool{}
	for _, c := range cover[ruleList][""] {
		on, _ := m.corp.Zone.DayAt(c.At)
		for d := max(c.First, on); d <= c.Last; d++ {
			days[d] = d < m.today
		}
	}
	return days, err
}

// memberRule is the rule of a member on a day, as it came.
type memberRule struct {
	UserID string          `json:"userid"`
	Group  json.RawMessage `json:"group"`
}

// askRules asks which rules members are under on a day (document 90263), and
// keeps the answer. Members who are not in the contacts are passed over.
func (m *Mirror) askRules(ctx context.Context, j job) error {
	req := checkin.OptionsRequest{DateTime: m.corp.Zone.Midnight(j.first)}
	for _, u := range j.users {
		req.UserIDList = append(req.UserIDList, string(u))
	}
	var answer struct {
		wecom.Envelope
		Info []memberRule `json:"info"`
	}
	op, _ := checkin.ForPath("/cgi-bin/checkin/getcheckinoption")
	err := m.w.Call(ctx, wecom.Request{Path: op.Paths[0], Body: req, Repeatable: true, Quota: wecom.Quota{Name: op.Name}}, &answer)
	if errors.Is(err, wecom.CodeCheckinUser) {
		if len(j.users) == 1 {
			return m.sight(ctx, j, nil, nil)
		}
		half := len(j.users) / 2
		return each(ctx, m, []job{{j.users[:half], j.first, j.last}, {j.users[half:], j.first, j.last}}, m.askRules)
	}
	if err != nil {
		return err
	}
	infos, err := membersIn(ctx, m, answer.Info, func(i *memberRule) string { return i.UserID })
	if err != nil {
		return err
	}
	seen := make([]app.Sighting, 0, len(infos))
	docs := map[string][]byte{}
	for _, info := range infos {
		s, canonical, err := sightedOf(info.Group)
		if err != nil {
			return fmt.Errorf("the rule of %q on %s: %w", info.UserID, j.first, err)
		}
		s.User, s.Day = attendance.UserID(info.UserID), j.first
		seen = append(seen, s)
		if s.Group != 0 {
			docs[s.Digest] = canonical
		}
	}
	m.tally.add(ruleList, 1, len(seen), 0)
	return m.sight(ctx, j, seen, docs)
}

func (m *Mirror) sight(ctx context.Context, j job, seen []app.Sighting, docs map[string][]byte) error {
	m.writing.Lock()
	defer m.writing.Unlock()
	return m.app.SightRules(ctx, m.corp, j.first, slices.Clone(j.users), seen, docs)
}
