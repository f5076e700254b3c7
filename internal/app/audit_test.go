package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/internal/wire"
)

// Every act of administration has its entry, with the app that did it, and the
// log holds nothing of whom or what it was about.
func TestAudit(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db)
		ctx := app.As(context.Background(), f.creds[0].Agent)
		made, err := f.CreateApp(ctx, "ww1", app.ContactApp, "秘密名")
		must(t, err)
		_, err = f.RotateSecret(ctx, "ww1", made.Agent)
		must(t, err)
		must(t, f.DisableApp(ctx, "ww1", made.Agent))
		must(t, f.EnableApp(ctx, "ww1", made.Agent))
		must(t, f.SetOptions(ctx, f.corp, []byte(`{"late_base":"grace"}`)))
		_, err = f.SetHolidays(ctx, f.corp, []byte(`{"2027":{"breaks":[],"statutory":[]}}`))
		must(t, err)
		must(t, f.AddApprovals(ctx, f.corp, []app.ApprovalEntry{{
			User: "ZhangSan", Status: attendance.Passed,
			Approval: attendance.Approval{No: "1", Kind: attendance.LeaveApproval, From: at(t, "2025-09-01 09:00:00"), To: at(t, "2025-09-01 18:00:00")},
		}}))
		must(t, f.AddFacts(ctx, f.corp, app.FactSet{Options: []app.DocFact{{Doc: []byte(`{}`), KnownAt: 5}}}))
		must(t, f.SetFace(context.Background(), f.caller, "ZhangSan", picture(t)))
		must(t, f.Correct(context.Background(), f.caller, app.CorrectionRequest{
			User: "ZhangSan", Day: day(t, "2025-09-10"), Slot: 32400, At: at(t, "2025-09-10 09:20:00"), Remark: "忘记打卡",
		}))
		_, err = f.ImportPunches(ctx, f.corp, app.ImportFile{Name: "/usb/秘密名.dat", SHA256: "0", Punches: []attendance.PunchRecord{
			{User: "ZhangSan", Punch: attendance.Punch{At: at(t, "2025-09-08 09:00:00"), Source: attendance.SourceDevice}},
			{User: "zhangsan2", Punch: attendance.Punch{At: at(t, "2025-09-08 09:00:00"), Source: attendance.SourceDevice}},
			{User: "ZHANGSAN", Punch: attendance.Punch{At: at(t, "2025-09-08 18:00:00"), Source: attendance.SourceDevice}},
		}})
		must(t, err)
		group := f.install(t, nights)
		must(t, f.SetSchedules(ctx, f.corp, group, []app.Assignment{
			{User: "night1", Day: day(t, "2025-09-12"), Shift: 7}, {User: "NIGHT1", Day: day(t, "2025-09-13"), Shift: 7},
		}, app.FutureOnly))
		f.clock.at = time.Date(2025, 10, 3, 9, 0, 0, 0, noon.Location())
		must(t, f.CloseMonth(ctx, f.corp, september, "hr", "payroll"))
		must(t, f.ReopenMonth(ctx, f.corp, september, "hr", "late leave"))
		rules, err := f.CorpRules(ctx, f.corp)
		must(t, err)
		var head struct {
			GroupID attendance.GroupID `json:"groupid"`
		}
		must(t, json.Unmarshal(rules[0], &head))
		must(t, f.DeleteRule(context.Background(), f.caller, head.GroupID, true))
		_, err = f.Erase(ctx, f.corp, "zhangsan")
		must(t, err)

		entries, err := f.Audit(ctx, f.corp, 0, 0)
		must(t, err)
		var actions []string
		for _, e := range entries {
			actions = append(actions, fmt.Sprintf("%s:%d", e.Action, e.Agent))
		}
		// The fixture acts without an app, but for rules, which have theirs.
		want := "corp.create:0 departments.put:0 members.put:0 rule.add:1000002 app.create:1000001 app.rotate:1000001 " +
			"app.disable:1000001 app.enable:1000001 options.set:1000001 holidays.set:1000001 approvals.add:1000001 facts.add:1000001 " +
			"face.set:1000002 correction.add:1000002 members.put:1000001 punches.import:1000001 rule.add:1000002 schedules.set:1000001 " +
			"month.close:1000001 month.reopen:1000001 rule.delete:1000002 member.erase:1000001"
		if got := strings.Join(actions, " "); got != want {
			t.Errorf("log:\n got %s\nwant %s", got, want)
		}
		text, err := json.Marshal(entries)
		must(t, err)
		for _, canary := range []string{"hang", "张三", "秘密名", "payroll", "night1"} {
			if strings.Contains(string(text), canary) {
				t.Errorf("the log holds %q", canary)
			}
		}
		if put, erased := entries[2], entries[len(entries)-1]; put.Count != 2 || put.Subjects[0] != erased.Subjects[0] || put.Subjects[1] == erased.Subjects[0] {
			t.Errorf("the subjects of %v and %v", put, erased)
		}
		subjects := map[string]int64{}
		for _, e := range entries[3:] {
			subjects[e.Action] = e.Count
		}
		// Two members are in the file, one of them twice; the night's is one.
		if subjects["punches.import"] != 2 || subjects["schedules.set"] != 1 || subjects["members.put"] != 1 {
			t.Errorf("subjects %v", subjects)
		}
		state, err := f.CheckAudit(ctx, f.corp)
		must(t, err)
		if state.Broken != 0 || state.Entries != int64(len(entries)) || state.Head != entries[len(entries)-1].Hash {
			t.Errorf("checked: %+v", state)
		}
		page, err := f.Audit(ctx, f.corp, 3, 2)
		must(t, err)
		if len(page) != 2 || page[0].Seq != 4 {
			t.Errorf("two after 3: %v", page)
		}
		must(t, db.Write(ctx, func(tx *store.Tx) error {
			return tx.AddAudit("ww1", store.AuditEntry{Seq: state.Entries + 1, Action: "forged", Subjects: []string{}, Prev: state.Head, Hash: "x"})
		}))
		if state, err = f.CheckAudit(ctx, f.corp); err != nil || state.Broken != int64(len(entries))+1 {
			t.Errorf("a forged entry: %+v, %v", state, err)
		}
	})
}

// An act that fails leaves no entry.
func TestAuditIsPartOfTheAct(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		before, err := f.CheckAudit(ctx, f.corp)
		must(t, err)
		if err := f.AddMembers(ctx, f.corp, []app.Contact{{ID: "x", Depts: []attendance.DeptID{99}}}); err == nil {
			t.Error("a member of no department")
		}
		if err := f.DisableApp(ctx, "ww1", 5); err == nil {
			t.Error("an app that does not exist")
		}
		err = f.AddFacts(ctx, f.corp, app.FactSet{
			Options: []app.DocFact{{Doc: []byte(`{}`)}},
			Rules:   []app.RuleFact{{RuleSpec: app.RuleSpec{Doc: []byte(`{}`), Form: wire.FormRead}}},
		})
		if err == nil {
			t.Error("a rule without a type")
		}
		after, err := f.CheckAudit(ctx, f.corp)
		must(t, err)
		if before != after {
			t.Errorf("from %+v to %+v", before, after)
		}
	})
}

// The log can be asked about a member, erased ones too, in any spelling. An act
// on more people than an entry lists may have been about anybody.
func TestAuditOf(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		must(t, f.SetFace(ctx, f.caller, "ZhangSan", picture(t)))
		var crowd []app.Contact
		for i := range 101 {
			crowd = append(crowd, app.Contact{ID: attendance.UserID(fmt.Sprintf("c%d", i)), Depts: []attendance.DeptID{1}})
		}
		must(t, f.AddMembers(ctx, f.corp, crowd))
		_, err := f.Erase(ctx, f.corp, "ZhangSan")
		must(t, err)
		for _, tt := range []struct {
			users        []attendance.UserID
			after, limit int64
			want         string
		}{
			// The fixture's entries are the first four: 3 put both members.
			{[]attendance.UserID{"zhangsan"}, 0, 0, "3:members.put 5:face.set 6:members.put 7:member.erase"},
			{[]attendance.UserID{"ZHANGSAN"}, 3, 2, "5:face.set 6:members.put"},
			{[]attendance.UserID{"night1"}, 0, 0, "3:members.put 6:members.put"},
			{[]attendance.UserID{"nobody", "zhangsan"}, 6, 9, "7:member.erase"},
			{[]attendance.UserID{"nobody"}, 0, 0, "6:members.put"},
		} {
			entries, err := f.AuditOf(ctx, f.corp, tt.users, tt.after, tt.limit)
			must(t, err)
			var got []string
			for _, e := range entries {
				got = append(got, fmt.Sprintf("%d:%s", e.Seq, e.Action))
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("%v after %d: got %v, want %s", tt.users, tt.after, got, tt.want)
			}
		}
	})
}

// A punch is a fact of its own, and no entry: what it was, when it became known
// and how often it came is with it.
func TestPunchesAreNotOnRecord(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := app.As(context.Background(), 1000002)
		f := newFixture(t, db)
		before, err := f.CheckAudit(ctx, f.corp)
		must(t, err)
		f.punch(t, "ZhangSan", "2025-09-10 09:00:00")
		f.clock.at = noon.Add(time.Hour)
		f.punch(t, "ZhangSan", "2025-09-10 09:00:00")
		after, err := f.CheckAudit(ctx, f.corp)
		must(t, err)
		if before != after {
			t.Errorf("from %+v to %+v", before, after)
		}
		records, err := f.DeviceRecords(ctx, f.corp, []attendance.UserID{"ZhangSan"}, 0, 1<<40, false)
		must(t, err)
		if len(records) != 1 || records[0].KnownAt != noon.Unix() || records[0].Repeats != 1 || records[0].LastReceived != noon.Unix()+3600 {
			t.Errorf("kept %+v", records)
		}
	})
}

// picture is a face's: any PNG.
func picture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 2, 2))))
	return b.Bytes()
}
