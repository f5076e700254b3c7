package scenario

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/wire"
)

func loadProject(t testing.TB) *File {
	t.Helper()
	in, err := os.Open("testdata/scenarios.json")
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	f, err := Load(in)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func find(t testing.TB, f *File, id string) *Scenario {
	t.Helper()
	for i := range f.Scenarios {
		if f.Scenarios[i].ID == id {
			return &f.Scenarios[i]
		}
	}
	t.Fatalf("no scenario %s", id)
	return nil
}

// 2025-09-10 00:00 in Shanghai: 2020-09-03 00:00 is 1599062400 (WeCom document
// 93374), and 1833 days lie between them.
const day0910 = 1599062400 + 1833*86400

func TestLoadFacts(t *testing.T) {
	t.Parallel()
	f := loadProject(t)
	day := attendance.DayOf(2025, 9, 10)

	p23 := find(t, f, "P23")
	want := []attendance.Punch{
		{At: day0910 + 8*3600 + 41*60, KnownAt: day0910 + 2*86400 + 36000, Source: attendance.SourceDevice},
		{At: day0910 + 18*3600 + 31*60, KnownAt: day0910 + 2*86400 + 36000, Source: attendance.SourceDevice},
	}
	if diff := cmp.Diff(want, p23.Person().Punches); diff != "" {
		t.Errorf("P23 punches (-want +got):\n%s", diff)
	}
	if p23.First != day || p23.Last != day || p23.AsOf != day0910+3*86400+43200 {
		t.Errorf("P23 asks for %s to %s at %d", p23.First, p23.Last, p23.AsOf)
	}

	p28 := find(t, f, "P28")
	corrections := []attendance.Correction{
		{Day: day, Slot: 32400, At: day0910 + 45000, By: attendance.ByAPI},
		{Day: day + 3, Slot: 32400, At: day0910 + 3*86400 + 32400, By: attendance.ByAPI},
		{Day: day + 6, Slot: 32400, At: day0910 + 6*86400 + 32400, By: attendance.ByAPI},
	}
	if diff := cmp.Diff(corrections, p28.Person().Corrections); diff != "" {
		t.Errorf("P28 corrections (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]int{301082}, p28.Days[day+3].Rejects); diff != "" {
		t.Errorf("P28 rejects (-want +got):\n%s", diff)
	}

	flags := map[string]attendance.PunchFlags{
		"P16": attendance.Outside,
		"P18": attendance.Outside | attendance.ApprovalPending,
		"P22": attendance.OutOfRange | attendance.NewDevice,
		"P36": attendance.ApprovalPunch | attendance.ApprovalPending,
	}
	for id, want := range flags {
		if got := find(t, f, id).Person().Punches[0].Flags; got != want {
			t.Errorf("%s: flags %b, want %b", id, got, want)
		}
	}
	if got := find(t, f, "P01").Person().Punches[1]; got.Slot != attendance.Off || got.At != 1599062400+38858 {
		t.Errorf("P01: second punch %+v", got)
	}
	if got := find(t, f, "P05").Person().Schedule; len(got) != 2 || got[0].Day != day || got[0].Shift != 23 || got[0].Group != 4 {
		t.Errorf("P05: schedule %+v", got)
	}
	// The night begins at 22:00 in New York, four hours behind UTC until the
	// clocks go back at 02:00.
	if got := find(t, f, "T06").Person().Punches[0].At; got != int64(attendance.DayOf(2025, 11, 2))*86400+2*3600 {
		t.Errorf("T06: first punch at %d", got)
	}
}

func TestLoadApprovals(t *testing.T) {
	t.Parallel()
	f := loadProject(t)
	day := attendance.DayOf(2025, 9, 10)
	tests := []struct {
		id   string
		want Approval
	}{
		{"A02", Approval{
			Kind: Leave, No: "202509100001", Unit: UnitDay, From: day0910, To: day0910, Status: 2,
			Vacation: Vacation{ID: 2, Name: "事假", DurationType: 1},
		}},
		{"A23", Approval{
			Kind: Leave, No: "202509100001", Unit: UnitDay, From: day0910, To: day0910 + 43200, Status: 2,
			KnownAt: day0910 + 2*86400 + 36000, Vacation: Vacation{ID: 2, Name: "事假", DurationType: 1},
		}},
		{"A10", Approval{Kind: Outing, No: "202509100001", Unit: UnitHour, From: day0910 + 32400, To: day0910 + 39600, Status: 2}},
		{"O26", Approval{
			Kind: Overtime, No: "202008270004", Unit: UnitHour, Status: 2,
			From: 1599062400 - 9*86400 + 52620, To: 1599062400 + 7*86400 + 52620,
			Slices: []Slice{{day - 1841, 28800}, {day - 1840, 28800}, {day - 1833, 3600}},
		}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff([]Approval{tt.want}, find(t, f, tt.id).Approvals); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.id, diff)
		}
	}
}

func TestLoadDirectoryAndVersions(t *testing.T) {
	t.Parallel()
	f := loadProject(t)
	r03 := find(t, f, "R03")
	depts := []attendance.Department{
		{ID: 1, Name: "root", Order: 1},
		{ID: 2, Parent: 1, Name: "A", Order: 2}, {ID: 3, Parent: 1, Name: "B", Order: 3},
		{ID: 4, Parent: 2, Name: "A1", Order: 4}, {ID: 5, Parent: 3, Name: "B2", Order: 5},
	}
	if diff := cmp.Diff(depts, r03.Depts); diff != "" {
		t.Errorf("departments (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]attendance.DeptID{4, 5}, r03.Person().Placements[0].Depts); diff != "" {
		t.Errorf("R03 departments (-want +got):\n%s", diff)
	}
	day := attendance.DayOf(2025, 9, 11)
	if p := find(t, f, "R22").Person(); p.Joined != day || p.Left != day {
		t.Errorf("R22: employed from %s to %s", p.Joined, p.Left)
	}
	var got []attendance.RuleVersion
	for _, r := range find(t, f, "M01").Rules {
		got = append(got, r.RuleVersion)
	}
	sep4 := attendance.DayOf(2020, 9, 4)
	want := []attendance.RuleVersion{
		{Group: 10, Version: 1, Created: 1, First: attendance.MinDay, Last: sep4 - 1},
		{Group: 10, Version: 2, Created: 2, First: sep4, Last: sep4},
		{Group: 10, Version: 3, Created: 3, First: sep4 + 1, Last: attendance.MaxDay},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("M01 versions (-want +got):\n%s", diff)
	}
	q := find(t, f, "K14").Policy
	if diff := cmp.Diff([]attendance.FindingCode{attendance.Late, attendance.Location}, q.Abnormal); diff != "" || q.Errcode != 301104 || q.Policy.Closed != 10 || q.Accept {
		t.Errorf("K14: %+v", q)
	}
	if h, ok := r03.Calendar.On(attendance.DayOf(2025, 10, 11)); !ok || h.Off {
		t.Errorf("2025-10-11 is %+v, want a make-up workday", h)
	}
}

// Every rule of the project's scenarios must mean something to the compiler
// that real rules go through.
func TestRulesCompile(t *testing.T) {
	t.Parallel()
	f := loadProject(t)
	if len(f.Scenarios) != 122 {
		t.Errorf("%d scenarios, want 122", len(f.Scenarios))
	}
	for i := range f.Scenarios {
		s := &f.Scenarios[i]
		for _, r := range s.Rules {
			rule, err := wire.CompileRule(r.Document, wire.FormRead, s.Zone)
			if err != nil {
				t.Errorf("%s: %v\n%s", s.ID, err, r.Document)
			} else if rule.ID != r.Group {
				t.Errorf("%s: compiled group %d, want %d", s.ID, rule.ID, r.Group)
			}
		}
	}
}

// minimal has one sound scenario; TestLoadRefuses breaks a part of it.
const minimal = `{
"schema": "wecom-attendance-scenarios/1", "tz": "Asia/Shanghai", "options": {},
"lib": {
  "rules": {"FIX": {"groupid": 1, "grouptype": 1, "checkindate": [{"workdays": [1], "sections": [{"id": 1, "on": "09:00", "off": "18:00"}]}]}},
  "directory": {"depts": {"root": null, "A": "root"}, "users": {"u1": {"depts": ["A"]}}},
  "calendar": {"2025-10-01": {"off": true}}},
"scenarios": [{"id": "X1", "area": "slot", "title": "t", "date": "2025-09-10", "rules": ["FIX"],
  "punches": ["09:00", {"t": "18:00"}], "corrections": [{"t": "10:00", "by": "api"}],
  "approvals": [{"kind": "trip", "unit": "hour", "from": "10:00", "to": "11:00"}],
  "expect": {"D": {"exceptions": {}}}}]}`

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	if _, err := Load(strings.NewReader(minimal)); err != nil {
		t.Fatal(err)
	}
	const at = "scenarios[0](X1)."
	tests := []struct{ name, old, new, want string }{
		{"punch key", `{"t": "18:00"}`, `{"t": "18:00", "foo": 1}`, at + "punches[1].foo: unknown key"},
		{"scenario key", `"title": "t"`, `"title": "t", "x": 1`, at + "x: unknown key"},
		{"top key", `"options": {}`, `"options": {}, "z": 1`, "z: unknown key"},
		{"rule key", `"grouptype": 1`, `"grouptype": 1, "y": 1`, "lib.rules.FIX.y: unknown key"},
		{"section key", `"off": "18:00"`, `"off": "18:00", "of": 1`, "lib.rules.FIX.checkindate[0].sections[0].of: unknown key"},
		{"override key", `["FIX"]`, `[{"use": "FIX", "flx": 1}]`, at + "rules[0].flx: unknown key"},
		{"expected key", `"exceptions": {}`, `"late": 1`, at + "expect.D.late: unknown key"},
		{"expected exception", `"exceptions": {}`, `"exceptions": {"9": {"count": 1}}`, at + "expect.D.exceptions.9: unknown key: exceptions are 1 to 6"},
		{"expected day", `"D": {`, `"tomorrow": {`, at + "expect.tomorrow: unknown key: want D, month or a date"},
		{"no row but more", `"exceptions": {}`, `"row": false, "day_type": 1`, at + "expect.D: row is false, yet something in the row is expected"},
		{"punch time", `"09:00", {`, `"9:00", {`, at + `punches[0]: "9:00" is not a time like 09:00, +1 01:30 or 2026-01-31 09:00`},
		{"hour 24", `"09:00", {`, `"24:00", {`, at + `punches[0]: "24:00" is not a time like 09:00, +1 01:30 or 2026-01-31 09:00`},
		{"clock", `"on": "09:00"`, `"on": "09:60"`, `lib.rules.FIX.checkindate[0].sections[0].on: "09:60" is not a time like 09:00, 09:00:05 or +1 01:30`},
		{"date", `"date": "2025-09-10"`, `"date": "2025-09-31"`, at + `date: "2025-09-31" is not a date like 2026-01-31`},
		{"date and period", `"date":`, `"period": ["2025-09-10", "2025-09-10"], "date":`, at[:len(at)-1] + ": want either date or period"},
		{"backward period", `"date": "2025-09-10"`, `"period": ["2025-09-10", "2025-09-09"]`, at + "period: ends before it begins"},
		{"rule name", `["FIX"]`, `["FXI"]`, at + `rules[0]: no rule "FXI" in lib.rules`},
		{"rule without name", `["FIX"]`, `[{"created": 1}]`, at + "rules[0].use: missing"},
		{"department", `["FIX"]`, `[{"use": "FIX", "range": {"party": ["B"]}}]`, at + `rules[0].range.party[0]: no department "B" in the directory`},
		{"orphan department", `"A": "root"`, `"A": "B"`, "lib.directory.depts.A: not below the department without a parent"},
		{"correction by", `"by": "api"`, `"by": "app"`, at + `corrections[0].by: "app" is not one of [api approval]`},
		{"approval kind", `"kind": "trip"`, `"kind": "tirp"`, at + `approvals[0].kind: "tirp" is not one of ["leave" "trip" "outing" "overtime"]`},
		{"approval ends", `"to": "11:00"`, `"to": "10:00"`, at + "approvals[0].to: not after from"},
		{"half day", `"unit": "hour"`, `"unit": "day"`, at + `approvals[0].from: "10:00" is not a half day like 2026-01-31 AM`},
		{"type", `"title": "t"`, `"title": null`, at + "title: want a string, got null"},
		{"fraction", `"id": 1`, `"id": 1.5`, "lib.rules.FIX.checkindate[0].sections[0].id: want an integer, got 1.5"},
		{"zone", `"date":`, `"tz": "Mars", "date":`, at + `tz: zone "Mars": not a zone of the IANA database`},
		{"schema", `scenarios/1"`, `scenarios/2"`, `schema: want "wecom-attendance-scenarios/1"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			broken := strings.Replace(minimal, tt.old, tt.new, 1)
			if broken == minimal {
				t.Fatalf("%q is not in the sample", tt.old)
			}
			if _, err := Load(strings.NewReader(broken)); err == nil || err.Error() != tt.want {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
		})
	}
	for _, bad := range []string{``, `[]`, `{`, `{"schema": 1, "schema": 2}`, strings.Replace(minimal, `}]}`, `}, {"id": "X1", "area": "a", "title": "", "date": "2025-09-10", "expect": {}}]}`, 1)} {
		if _, err := Load(strings.NewReader(bad)); err == nil {
			t.Errorf("no error for %.40q", bad)
		}
	}
}

func FuzzLoad(f *testing.F) {
	data, err := os.ReadFile("testdata/scenarios.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(data))
	f.Add(minimal)
	f.Fuzz(func(t *testing.T, data string) {
		file, err := Load(strings.NewReader(data))
		if err != nil {
			return
		}
		for i := range file.Scenarios {
			s := &file.Scenarios[i]
			if s.Policy == nil && s.Person() == nil {
				t.Errorf("%s: nobody to report on", s.ID)
			}
			if wrong := Compare(s, &Result{}); len(wrong) == 0 && s.Policy != nil {
				t.Errorf("%s: no answer passes", s.ID)
			}
		}
	})
}
