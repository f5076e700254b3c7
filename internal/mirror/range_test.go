package mirror_test

import (
	"maps"
	"testing"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// An app that may see some departments alone is told of rules that name a
// department above them, which it does not see. Members are under the rules that
// they were told, on every day.
func TestRuleOfAHiddenDepartment(t *testing.T) {
	t.Parallel()
	x := newAltered(t, 12, 1)
	x.alter = func(c call, answer []byte) []byte {
		switch c.path {
		case "department/list":
			return edit(answer, "department", func(d map[string]any) bool { return d["name"] != "生产车间" && d["id"] != 1.0 })
		case "checkin/getcorpcheckinoption":
			return edit(answer, "group", func(rule map[string]any) bool {
				if rule["groupname"] == "车间三班倒" { // of all, as the other rules are of departments below
					rule["range"] = map[string]any{"party_id": []any{"1"}, "userid": []any{}, "tagid": []any{}}
				}
				return true
			})
		}
		return nil
	}
	_, err := x.mirror.Run(t.Context())
	must(t, err)
	type key struct {
		user attendance.UserID
		day  attendance.Day
	}
	under := func(a *app.App, corp *app.Corp) map[key]attendance.GroupID {
		out := map[key]attendance.GroupID{}
		must(t, a.DayReports(t.Context(), app.Query{Corp: corp, First: x.first, Last: x.last - 1}, func(m *app.Member, r *attendance.DayReport) error {
			k := key{m.ID, r.Day}
			if out[k] = 0; r.Kind.Rule != nil {
				out[k] = r.Kind.Rule.ID
			}
			return nil
		}))
		return out
	}
	want, got := under(x.source.app, x.source.corp), under(x.app, x.corp)
	wrong := 0
	for k := range maps.Keys(want) {
		if want[k] != got[k] {
			wrong++
		}
	}
	if len(want) != len(got) || wrong > 0 {
		t.Errorf("%d of %d days are under another rule", wrong, len(want))
	}
}
