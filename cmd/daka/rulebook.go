package main

import (
	"context"
	"encoding/json"
	"strconv"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/wire"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
)

// rulebook is where rules are kept: a database or a server. Documents go
// through it as they are, with members that no type of ours has.
type rulebook interface {
	owner() string // the corporation
	// all returns every rule in the read form, of on a member's day; nil = none.
	all(ctx context.Context) ([]json.RawMessage, error)
	of(ctx context.Context, user string, day attendance.Day) (json.RawMessage, error)
	// deptNames names departments by their ids, as far as that is told.
	deptNames(ctx context.Context) (map[int64]string, error)
	// holders counts the members under each rule on a day, and taken those of a new
	// rule by the rule that they are under without it, 0 for none; nil = not told.
	holders(ctx context.Context, day attendance.Day) (map[attendance.GroupID]int, error)
	taken(ctx context.Context, c ruleChange, day attendance.Day) (map[attendance.GroupID]int, error)
	// try tells, as far as it can be known, how a change would fail.
	try(ctx context.Context, c ruleChange) error
	// make makes a change and returns the rule's id where that is told, else 0.
	make(ctx context.Context, c ruleChange) (attendance.GroupID, error)
}

// ruleChange is a change of the rules: of those below one is set.
type ruleChange struct {
	group attendance.GroupID // 0 for a new rule
	now   bool               // from today on, not from tomorrow
	first attendance.Day     // of a new rule in a database, where it may be any day

	add    json.RawMessage // the write form, or for a database the one of form
	form   wire.RuleForm
	update json.RawMessage // the write form, or a part of it
	clear  []int64         // checkin.ClearSpeWorkdays and its kind
	remove bool
}

// localRules are those of a database.
type localRules struct {
	*app.App
	corp *app.Corp
}

func (r *localRules) owner() string { return string(r.corp.ID) }

func (r *localRules) all(ctx context.Context) ([]json.RawMessage, error) {
	return r.CorpRules(ctx, r.corp)
}

func (r *localRules) of(ctx context.Context, user string, day attendance.Day) (json.RawMessage, error) {
	rules, err := r.RulesOf(ctx, r.corp, []attendance.UserID{attendance.UserID(user)}, day)
	if err != nil || len(rules) == 0 {
		return nil, err
	}
	return rules[0].Doc, nil
}

func (r *localRules) deptNames(ctx context.Context) (map[int64]string, error) {
	depts, err := r.Departments(ctx, r.corp)
	return deptNames(depts), err
}

func (r *localRules) holders(ctx context.Context, day attendance.Day) (map[attendance.GroupID]int, error) {
	return r.RuleHolders(ctx, r.corp, day)
}

func (r *localRules) taken(ctx context.Context, c ruleChange, day attendance.Day) (map[attendance.GroupID]int, error) {
	return r.NewRuleHolders(ctx, r.corp, app.RuleSpec{Doc: c.add, Form: c.form, First: c.first}, day)
}

func (r *localRules) try(ctx context.Context, c ruleChange) error {
	caller := &app.Caller{Corp: r.corp}
	switch {
	case c.add != nil:
		return r.CheckNewRule(ctx, r.corp, app.RuleSpec{Doc: c.add, Form: c.form})
	case c.update != nil:
		return r.CheckUpdateRule(ctx, caller, c.group, c.update, nil)
	case c.clear != nil:
		return r.CheckClearRule(ctx, caller, c.group, ruleArrays(c.clear))
	}
	return nil
}

func (r *localRules) make(ctx context.Context, c ruleChange) (attendance.GroupID, error) {
	caller := &app.Caller{Corp: r.corp}
	switch {
	case c.add != nil:
		return r.InstallRule(ctx, r.corp, app.RuleSpec{Doc: c.add, Form: c.form, First: c.first})
	case c.update != nil:
		return c.group, r.UpdateRule(ctx, caller, c.group, c.update, c.now, nil)
	case c.clear != nil:
		return c.group, r.ClearRule(ctx, caller, c.group, ruleArrays(c.clear), c.now)
	}
	return c.group, r.DeleteRule(ctx, caller, c.group, c.now)
}

func ruleArrays(fields []int64) (arrays []app.RuleArray) {
	for _, f := range fields {
		arrays = append(arrays, app.RuleArray(f))
	}
	return arrays
}

// serverRules are those of a server.
type serverRules struct {
	wecom *wecom.Client
	zone  *attendance.Zone
	corp  string
}

func (r *serverRules) owner() string { return r.corp }

// call makes a call of the check-in interface with documents as they are.
func (r *serverRules) call(ctx context.Context, name string, body, answer any) error {
	op, _ := checkin.ForPath("/cgi-bin/checkin/" + name)
	return r.wecom.Call(ctx, wecom.Request{
		Path: op.Paths[0], Body: body, Repeatable: op.Repeatable,
		Quota: wecom.Quota{Name: op.Name, PerMinute: op.RatePerMinute},
	}, answer)
}

func (r *serverRules) all(ctx context.Context) ([]json.RawMessage, error) {
	var answer struct {
		wecom.Envelope
		Group []json.RawMessage `json:"group"`
	}
	err := r.call(ctx, "getcorpcheckinoption", checkin.CorpOptionsRequest{}, &answer)
	return answer.Group, err
}

func (r *serverRules) of(ctx context.Context, user string, day attendance.Day) (json.RawMessage, error) {
	var answer struct {
		wecom.Envelope
		Info []struct {
			Group json.RawMessage `json:"group"`
		} `json:"info"`
	}
	req := checkin.OptionsRequest{DateTime: r.zone.Midnight(day), UserIDList: []string{user}}
	if err := r.call(ctx, "getcheckinoption", req, &answer); err != nil || len(answer.Info) == 0 {
		return nil, err
	}
	return answer.Info[0].Group, nil
}

func (r *serverRules) deptNames(ctx context.Context) (map[int64]string, error) {
	return serverDeptNames(ctx, r.wecom)
}

// holders and taken would take a call for each hundred members.
func (*serverRules) holders(context.Context, attendance.Day) (map[attendance.GroupID]int, error) {
	return nil, nil
}

func (*serverRules) taken(context.Context, ruleChange, attendance.Day) (map[attendance.GroupID]int, error) {
	return nil, nil
}

// try knows nothing: only the server does.
func (*serverRules) try(context.Context, ruleChange) error { return nil }

func (r *serverRules) make(ctx context.Context, c ruleChange) (attendance.GroupID, error) {
	type write struct {
		Group json.RawMessage `json:"group"`
		Now   bool            `json:"effective_now,omitzero"`
	}
	var answer wecom.Envelope
	group := int64(c.group)
	switch {
	case c.add != nil:
		return 0, r.call(ctx, "add_checkin_option", write{c.add, c.now}, &answer)
	case c.update != nil:
		return c.group, r.call(ctx, "update_checkin_option", write{c.update, c.now}, &answer)
	case c.clear != nil:
		return c.group, r.call(ctx, "clear_checkin_option_array_field", checkin.ClearOptionRequest{GroupID: group, ClearField: c.clear, EffectiveNow: c.now}, &answer)
	}
	return c.group, r.call(ctx, "del_checkin_option", checkin.DeleteOptionRequest{GroupID: group, EffectiveNow: c.now}, &answer)
}

// withRules calls do with the rules of the source that is chosen.
func (o *sourceOptions) withRules(cmd *cobra.Command, want access, do func(context.Context, rulebook, *attendance.Zone) error) error {
	return o.use(cmd, want, func(ctx context.Context, a *app.App, corp *app.Corp) error {
		return do(ctx, &localRules{a, corp}, corp.Zone)
	}, func(ctx context.Context, w *wecom.Client, zone *attendance.Zone) error {
		return do(ctx, &serverRules{w, zone, o.remote.corpID}, zone)
	})
}

// storedRule is a rule as it was answered, with what a list of rules shows.
type storedRule struct {
	ID     attendance.GroupID `json:"groupid"`
	Name   string             `json:"groupname"`
	Type   int64              `json:"grouptype"`
	Range  *checkin.Range     `json:"range"`
	Shifts []struct {
		ID   attendance.ShiftID `json:"schedule_id"`
		Name string             `json:"schedule_name"`
	} `json:"schedulelist"`
	doc json.RawMessage
}

func readStored(doc json.RawMessage) (r storedRule, err error) {
	if err = json.Unmarshal(doc, &r); err != nil {
		err = failf("read the rules: %w", plainError(err))
	}
	r.doc = doc
	return r, err
}

func storedRules(ctx context.Context, book rulebook) (rules []storedRule, err error) {
	docs, err := book.all(ctx)
	if err != nil {
		return nil, err
	}
	for _, doc := range docs {
		r, err := readStored(doc)
		if err != nil {
			return nil, err
		}
		rules = append(rules, r)
	}
	return rules, nil
}

// findRule returns the rule with an id, else the one with a name.
func findRule(ctx context.Context, book rulebook, text string) (*storedRule, error) {
	rules, err := storedRules(ctx, book)
	if err != nil {
		return nil, err
	}
	var found *storedRule
	for i := range rules {
		switch r := &rules[i]; {
		case strconv.FormatInt(int64(r.ID), 10) == text:
			return r, nil
		case r.Name == text && found != nil:
			return nil, failf("rule %q: there are several, %d and %d: name one by its id", text, found.ID, r.ID)
		case r.Name == text:
			found = r
		}
	}
	if found == nil {
		return nil, failf("rule %q: %w: see \"daka rules list\"", text, attendance.ErrUnknownGroup)
	}
	return found, nil
}
