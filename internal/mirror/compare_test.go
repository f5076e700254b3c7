package mirror_test

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/wire"
)

// compare fails where a mirror differs from its source in what WeCom tells.
func (s *source) compare(t *testing.T, a *app.App, corp *app.Corp) {
	t.Helper()
	s.comparePunches(t, a, corp)
	s.compareFacts(t, a, corp)
	s.compareReports(t, a, corp)
}

// told is a punch as far as it is told.
type told struct {
	User attendance.UserID
	At   int64
	attendance.Source
	Device string
	Flags  attendance.PunchFlags
	attendance.PunchDetail
}

func (s *source) comparePunches(t *testing.T, a *app.App, corp *app.Corp) {
	t.Helper()
	from, to := s.corp.Zone.Midnight(s.first), s.corp.Zone.Midnight(s.last)-1
	read := func(a *app.App, corp *app.Corp) (list []told) {
		matched, err := a.Records(t.Context(), corp, nil, from, to, app.AllRecords)
		must(t, err)
		machines, err := a.DeviceRecords(t.Context(), corp, s.users, from, to, false)
		must(t, err)
		for i := range matched {
			if p := &matched[i]; p.Source == attendance.SourcePhone {
				list = append(list, told{p.User, p.At, p.Source, p.Device, p.Flags, p.PunchDetail})
			}
		}
		for i := range machines {
			p := &machines[i]
			list = append(list, told{p.User, p.At, p.Source, p.Device, p.Flags, p.PunchDetail})
		}
		slices.SortFunc(list, func(a, b told) int { return cmp.Or(cmp.Compare(a.User, b.User), cmp.Compare(a.At, b.At)) })
		return list
	}
	want, got := read(s.app, s.corp), read(a, corp)
	if len(want) < len(s.users)*20 {
		t.Fatalf("the source has %d punches", len(want))
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("%d and %d punches (-source +mirror):\n%.3000s", len(want), len(got), diff)
	}
}

func (s *source) compareFacts(t *testing.T, a *app.App, corp *app.Corp) {
	t.Helper()
	ctx := t.Context()
	depts := func(a *app.App, corp *app.Corp) any {
		list, err := a.Departments(ctx, corp)
		must(t, err)
		return list
	}
	if diff := gocmp.Diff(depts(s.app, s.corp), depts(a, corp)); diff != "" {
		t.Errorf("departments (-source +mirror):\n%s", diff)
	}
	members := func(a *app.App, corp *app.Corp) any {
		list, err := a.Contacts(ctx, corp, nil)
		must(t, err)
		for i := range list {
			list[i].Joined = 0 // not told
		}
		return list
	}
	if diff := gocmp.Diff(members(s.app, s.corp), members(a, corp)); diff != "" {
		t.Errorf("members (-source +mirror):\n%s", diff)
	}
	schedules := func(a *app.App, corp *app.Corp) (list []app.Assignment) {
		shifts, err := a.Schedules(ctx, corp, nil, s.first, s.last)
		must(t, err)
		for _, x := range shifts {
			list = append(list, app.Assignment{User: x.User, Day: x.Day, Shift: x.Shift.ID})
		}
		return list
	}
	if diff := gocmp.Diff(schedules(s.app, s.corp), schedules(a, corp)); diff != "" {
		t.Errorf("schedules (-source +mirror):\n%.2000s", diff)
	}
	want, got := s.formsOf(t, s.app, s.corp), s.formsOf(t, a, corp)
	if len(want) != s.forms {
		t.Errorf("the source has %d forms, made were %d", len(want), s.forms)
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("forms (-source +mirror):\n%.2000s", diff)
	}
}

// form is what a form tells.
type form struct {
	User       attendance.UserID
	No         string
	Status     attendance.ApprovalStatus
	Request    attendance.Approval
	Days       []attendance.ApprovalSlice
	Correction attendance.Correction
}

func (s *source) formsOf(t *testing.T, a *app.App, corp *app.Corp) (list []form) {
	t.Helper()
	heads, _, err := a.Forms(t.Context(), corp, app.FormQuery{To: 1 << 40, Limit: 1 << 30})
	must(t, err)
	for _, h := range heads {
		f, err := a.Form(t.Context(), corp, h.No)
		must(t, err)
		x := form{User: f.User, No: f.No, Status: f.Status, Days: f.Days}
		if f.Request != nil {
			x.Request = *f.Request
			x.Request.States, x.Request.Slices = nil, nil // Days are what they come to
		}
		if f.Correction != nil {
			x.Correction = *f.Correction
			x.Correction.Remark = ""
			x.No = "" // it is made of how many corrections a day has, an app's among them
		}
		list = append(list, x)
	}
	slices.SortFunc(list, func(a, b form) int { return cmp.Or(cmp.Compare(a.User, b.User), cmp.Compare(a.No, b.No)) })
	return list
}

// compareReports compares the reports of both, on the days whose corrections
// are told, and the verdicts with the source's reports.
func (s *source) compareReports(t *testing.T, a *app.App, corp *app.Corp) {
	t.Helper()
	type key struct {
		user attendance.UserID
		day  attendance.Day
	}
	type wanted struct {
		sum  [sha256.Size]byte
		skip bool
	}
	want := map[key]wanted{}
	read := func(a *app.App, corp *app.Corp, take func(key, string, *attendance.DayReport)) {
		err := a.DayReports(t.Context(), app.Query{Corp: corp, First: s.first, Last: s.last - 1}, func(m *app.Member, r *attendance.DayReport) error {
			out := wire.DayDataOut(corp.Zone, r, wire.Who{Name: m.Name, Alias: m.Alias, Departs: m.Departs})
			text, err := json.Marshal(out)
			take(key{m.ID, r.Day}, string(text), r)
			return err
		})
		must(t, err)
	}
	read(s.app, s.corp, func(k key, doc string, r *attendance.DayReport) {
		want[k] = wanted{sha256.Sum256([]byte(doc)), correctedByAPI(r)}
	})
	if len(want) < len(s.users)*30 {
		t.Fatalf("the source has %d reports", len(want))
	}
	equal, different, skipped := 0, 0, 0
	read(a, corp, func(k key, doc string, _ *attendance.DayReport) {
		w, ok := want[k]
		switch {
		case !ok || w.skip:
			skipped++
		case w.sum == sha256.Sum256([]byte(doc)):
			equal++
		default:
			if different++; different < 4 {
				t.Errorf("%s on %s: not what the source has: %s", k.user, k.day, doc)
			}
		}
	})
	t.Logf("reports: %d equal, %d different, %d not comparable", equal, different, skipped)
	verdicts := 0
	must(t, a.Verdicts(t.Context(), corp, nil, s.first, s.last-1, func(v app.Verdict) error {
		verdicts++
		if want[key{v.User, v.Day}].sum != sha256.Sum256(v.Doc) {
			t.Errorf("verdict on %s on %s: not what the source has: %s", v.User, v.Day, v.Doc)
		}
		return nil
	}))
	if verdicts != len(want) {
		t.Errorf("%d verdicts of %d", verdicts, len(want))
	}
}

// correctedByAPI reports whether a card of a day is a correction of an app's,
// which WeCom does not tell.
func correctedByAPI(r *attendance.DayReport) bool {
	return slices.ContainsFunc(r.Cards, func(c attendance.Card) bool { return c.Punch < 0 && !c.Excused })
}
