package mirror_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/mirror"
)

func refusal(code int) []byte { return fmt.Appendf(nil, `{"errcode":%d,"errmsg":"no"}`, code) }

// A cursor that was just given and is refused ends the list: it does not begin
// again for ever.
func TestRefusedCursor(t *testing.T) {
	t.Parallel()
	for _, code := range []int{301025, 40058} {
		x := newAltered(t, 6, 1)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		asked := 0
		x.alter = func(c call, _ []byte) []byte {
			if c.path != "oa/getapprovalinfo" {
				return nil
			}
			if asked++; asked > 100 {
				cancel()
			}
			if strings.Contains(string(c.body), `"new_cursor":"abc"`) {
				return refusal(code)
			}
			return []byte(`{"errcode":0,"errmsg":"ok","sp_no_list":[],"new_next_cursor":"abc"}`)
		}
		if _, err := x.mirror.Run(ctx); err == nil || asked > 100 {
			t.Errorf("%d: %d calls, error %v", code, asked, err)
		}
	}
}

// Fewer members are accepted once.
func TestAcceptShrinkingOnce(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 30, 1)
	m := x.with(t, func(o *mirror.Options) { o.AcceptShrinking = true })
	_, err := m.Run(t.Context())
	must(t, err)
	x.Clock.Advance(15 * time.Minute)
	x.alter = func(c call, _ []byte) []byte {
		if c.path == "department/list" {
			return []byte(`{"errcode":0,"errmsg":"ok","department":[]}`)
		}
		return nil
	}
	if _, err := m.Run(t.Context()); !errors.Is(err, app.ErrShrunk) {
		t.Errorf("the second time: %v", err)
	}
}

// Members whom no department lists are asked about where the app may, and left
// out where it may not.
func TestNamedMembersRefused(t *testing.T) {
	t.Parallel()
	for path, code := range map[string]int{"agent/get": 301002, "user/get": 48002} {
		x := newAltered(t, 6, 1)
		asked := false
		x.alter = func(c call, _ []byte) []byte {
			switch c.path {
			case path:
				asked = true
				return refusal(code)
			case "agent/list":
				return []byte(`{"errcode":0,"errmsg":"ok","agentlist":[{"agentid":1000002}]}`)
			case "agent/get":
				return []byte(`{"errcode":0,"errmsg":"ok","agentid":1000002,"allow_userinfos":{"user":[{"userid":"single"}]}}`)
			}
			return nil
		}
		if _, err := x.mirror.Run(t.Context()); err != nil || !asked {
			t.Errorf("%s refused with %d: asked %v, %v", path, code, asked, err)
		}
	}
}

// The id of a rule may come as a text.
func TestQuotedRuleID(t *testing.T) {
	t.Parallel()
	id := regexp.MustCompile(`"groupid":\s*(\d+)`)
	for _, path := range []string{"checkin/getcorpcheckinoption", "checkin/getcheckinoption"} {
		x := newAltered(t, 6, 1)
		x.alter = func(c call, answer []byte) []byte {
			if c.path == path {
				return id.ReplaceAll(answer, []byte(`"groupid":"$1"`))
			}
			return nil
		}
		if _, err := x.mirror.Run(t.Context()); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		if rules, err := x.app.CorpRules(t.Context(), x.corp); err != nil || len(rules) == 0 {
			t.Errorf("%s: %d rules, %v", path, len(rules), err)
		}
	}
}

// When the right to forms is lost, what is known of them stays.
func TestRightToFormsLost(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 30, 1)
	reports := func() map[string]string {
		out := map[string]string{}
		must(t, x.app.DayReports(t.Context(), app.Query{Corp: x.corp, First: x.first, Last: x.last - 5}, func(m *app.Member, d *attendance.DayReport) error {
			text, err := json.Marshal(d.Approvals)
			out[fmt.Sprint(m.ID, d.Day)] = string(text)
			return err
		}))
		return out
	}
	_, err := x.mirror.Run(t.Context())
	must(t, err)
	before := reports()
	x.Clock.Advance(4 * time.Hour)
	x.alter = func(c call, _ []byte) []byte {
		if strings.HasPrefix(c.path, "oa/") {
			return refusal(301055)
		}
		return nil
	}
	_, err = x.mirror.Run(t.Context())
	must(t, err)
	for key, now := range reports() {
		if now != before[key] {
			t.Errorf("%s: requests %s, were %s", key, now, before[key])
		}
	}
}
