package adminapi_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/dakatest"
)

// What is left of the erased is listed, and matches the audit log, which can
// still be asked about them. The request log forgets who was named in it.
func TestErasures(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *dakatest.Server) {
		ctx := t.Context()
		if list, err := s.Admin.Erasures(ctx); err != nil || len(list.Erasures) != 0 {
			t.Errorf("before: %+v, %v", list, err)
		}
		token, err := s.WeCom.Token(ctx)
		must(t, err)
		ask := func(user string) {
			send(t, s, "POST", "/cgi-bin/checkin/getcheckindata?access_token="+token.Reveal(), "",
				`{"opencheckindatatype":3,"starttime":1757433600,"endtime":1757520000,"useridlist":["`+user+`"]}`)
		}
		logged := func() string {
			text, err := json.Marshal(s.Requests())
			must(t, err)
			return string(text)
		}
		ask("lisi")
		if !strings.Contains(logged(), "lisi") {
			t.Error("the request log does not name lisi at all")
		}
		var made []admin.Erasure
		for _, user := range []string{"lisi", "zhangsan"} {
			e, err := s.Admin.EraseMember(ctx, user)
			must(t, err)
			made = append(made, *e)
		}
		if text := logged(); strings.Contains(text, "lisi") {
			t.Errorf("the request log holds %s", text)
		}
		list, err := s.Admin.Erasures(ctx)
		must(t, err)
		if len(list.Erasures) != 2 || list.Erasures[0] != made[0] || list.Erasures[1] != made[1] {
			t.Errorf("listed %+v, want %+v", list.Erasures, made)
		}
		acts, err := s.Admin.MemberAudit(ctx, "LISI", 0, 0)
		must(t, err)
		last := acts.Entries[len(acts.Entries)-1]
		if last.Action != "member.erase" || last.Subjects[0] != made[0].Subject || last.Agent != 1000001 {
			t.Errorf("the log's last about lisi: %+v", last)
		}
		if rest, err := s.Admin.MemberAudit(ctx, "lisi", last.Seq, 5); err != nil || len(rest.Entries) != 0 {
			t.Errorf("after the last: %+v, %v", rest, err)
		}
	})
}

// A year that is put without breaks is known, and listed as such.
func TestYearWithoutHolidays(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *dakatest.Server) {
		ctx := t.Context()
		must(t, s.Admin.SetHolidays(ctx, map[string]admin.HolidayYear{"2030": {}}))
		list, err := s.Admin.Holidays(ctx)
		must(t, err)
		if n := len(list.Years); n != 8 || list.Years[0] != 2020 || list.Years[6] != 2026 || list.Years[7] != 2030 {
			t.Errorf("years %v", list.Years)
		}
		authorization, _ := tokens(t, s)
		if status, body := send(t, s, "PUT", "/daka/holidays", "Bearer "+authorization, `{"2031":null}`); status != 400 || !strings.Contains(body, "{}") {
			t.Errorf("null: %d %s", status, body)
		}
	})
}

// Acts over WeCom's interface are the calling app's.
func TestActsOfApps(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *dakatest.Server) {
		ctx := t.Context()
		s.Rule(`{"groupid":6,"grouptype":2,"groupname":"shifts","range":{"userid":["lisi"]},"schedulelist":[{"schedule_id":7,"schedule_name":"early",
			"time_section":[{"time_id":1,"work_sec":32400,"off_work_sec":64800}]}]}`)
		_, err := s.Checkin.SetSchedule(ctx, checkin.SetScheduleRequest{GroupID: 6, YearMonth: 202510, Items: []checkin.ScheduleItem{{UserID: "lisi", Day: 1, ScheduleID: 7}}})
		must(t, err)
		yesterday := shanghai(9, 10, 0, 0).Unix()
		slot := int64(32400)
		_, err = s.Checkin.Correct(ctx, checkin.CorrectionRequest{UserID: "zhangsan", ScheduleDateTime: yesterday, ScheduleCheckinTime: &slot, CheckinTime: yesterday + 32000})
		must(t, err)
		list, err := s.Admin.Audit(ctx, 0, 0)
		must(t, err)
		var acts []string
		for _, e := range list.Entries {
			acts = append(acts, fmt.Sprintf("%s:%d", e.Action, e.Agent))
		}
		want := fmt.Sprintf("schedules.set:%d correction.add:%[1]d", s.App.Agent)
		if got := strings.Join(acts, " "); !strings.HasSuffix(got, want) {
			t.Errorf("got %s, want %s at the end", got, want)
		}
	})
}
