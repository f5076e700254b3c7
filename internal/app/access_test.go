package app_test

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// limited is a corporation with departments 2 and 3 below it and 4 below 3, a
// member in each, one with tag 9, and a caller whose access can be set.
type limited struct {
	*fixture
	token app.Token
}

func newLimited(t *testing.T, db *store.DB) *limited {
	t.Helper()
	ctx := context.Background()
	l := &limited{fixture: newFixture(t, db)}
	must(t, l.AddDepartments(ctx, l.corp, []attendance.Department{{ID: 3, Parent: 1, Name: "三"}, {ID: 4, Parent: 3, Name: "四"}}))
	must(t, l.AddMembers(ctx, l.corp, []app.Contact{
		{ID: "third", Name: "三", Depts: []attendance.DeptID{3}},
		{ID: "fourth", Name: "四", Depts: []attendance.DeptID{4}},
		{ID: "tagged", Name: "签", Depts: []attendance.DeptID{1}, Tags: []attendance.TagID{9}},
	}))
	token, _, err := l.Token(ctx, "ww1", l.creds[1].Secret)
	must(t, err)
	l.token = token
	return l
}

func (l *limited) with(t *testing.T, access app.Access) *app.Caller {
	t.Helper()
	must(t, l.SetAccess(context.Background(), "ww1", l.creds[1].Agent, access))
	caller, err := l.Caller(context.Background(), l.token)
	must(t, err)
	return caller
}

func TestVisibleRange(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		l := newLimited(t, db)
		for _, tt := range []struct {
			name  string
			r     app.Range
			users []string
			depts []attendance.DeptID
		}{
			{"everybody", app.Range{}, []string{"fourth", "night1", "tagged", "third", "ZhangSan"}, []attendance.DeptID{1, 2, 3, 4}},
			{"a department and what is below", app.Range{Depts: []attendance.DeptID{3}}, []string{"fourth", "third"}, []attendance.DeptID{3, 4}},
			{"the root", app.Range{Depts: []attendance.DeptID{1}}, []string{"fourth", "night1", "tagged", "third", "ZhangSan"}, []attendance.DeptID{1, 2, 3, 4}},
			{"a member in other letters", app.Range{Users: []attendance.UserID{"zhangsan"}}, []string{"ZhangSan"}, nil},
			{"a tag", app.Range{Tags: []attendance.TagID{9}}, []string{"tagged"}, nil},
			{"nobody's tag", app.Range{Tags: []attendance.TagID{8}}, nil, nil},
			{"several", app.Range{Depts: []attendance.DeptID{4}, Users: []attendance.UserID{"night1"}, Tags: []attendance.TagID{9}}, []string{"fourth", "night1", "tagged"}, []attendance.DeptID{4}},
		} {
			caller := l.with(t, app.Access{Range: tt.r})
			contacts, err := l.Contacts(t.Context(), caller.Corp, nil)
			must(t, err)
			var users []string
			for i := range contacts {
				users = append(users, string(contacts[i].ID))
			}
			depts, err := l.Departments(t.Context(), caller.Corp)
			must(t, err)
			var ids []attendance.DeptID
			for _, d := range depts {
				ids = append(ids, d.ID)
			}
			if diff := cmp.Diff([]any{tt.users, tt.depts}, []any{users, ids}); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.name, diff)
			}
		}
	})
}

// A member outside the range is as unknown as one that there is not, in words
// too, to every use case that takes userids.
func TestOutOfRangeIsUnknown(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		l := newLimited(t, db)
		caller := l.with(t, app.Access{Range: app.Range{Depts: []attendance.DeptID{3}}})
		today, _ := l.corp.Zone.DayAt(noon.Unix())
		ctx := t.Context()
		rule := func(r string) error {
			_, err := l.InstallRule(ctx, caller.Corp, app.RuleSpec{Doc: []byte(r), Form: "write", First: today})
			return err
		}
		for name, call := range map[string]func(u attendance.UserID) error{
			"day reports": func(u attendance.UserID) error {
				q := app.Query{Corp: caller.Corp, Users: []attendance.UserID{u}, First: today, Last: today}
				return l.DayReports(ctx, q, func(*app.Member, *attendance.DayReport) error { return nil })
			},
			"records": func(u attendance.UserID) error {
				_, err := l.Records(ctx, caller.Corp, []attendance.UserID{u}, 1, 2, app.AllRecords)
				return err
			},
			"punches": func(u attendance.UserID) error {
				_, _, err := l.AddPunches(ctx, caller.Corp, []attendance.PunchRecord{{User: u, Punch: attendance.Punch{At: noon.Unix()}}})
				return err
			},
			"rules": func(u attendance.UserID) error {
				_, err := l.RulesOf(ctx, caller.Corp, []attendance.UserID{u}, today)
				return err
			},
			"schedules": func(u attendance.UserID) error {
				_, err := l.Schedules(ctx, caller.Corp, []attendance.UserID{u}, today, today)
				return err
			},
			"correction": func(u attendance.UserID) error {
				return l.CheckCorrection(ctx, caller, app.CorrectionRequest{User: u, Day: today, At: noon.Unix()})
			},
			"contacts": func(u attendance.UserID) error {
				_, err := l.Contacts(ctx, caller.Corp, []attendance.UserID{u})
				return err
			},
		} {
			inside, outside, nobody := call("fourth"), call("ZhangSan"), call("XhangSan")
			if errors.Is(inside, attendance.ErrUnknownUser) || !errors.Is(outside, attendance.ErrUnknownUser) || !errors.Is(nobody, attendance.ErrUnknownUser) ||
				len(outside.Error()) != len(nobody.Error()) {
				t.Errorf("%s: inside %v, outside %v, nobody %v", name, inside, outside, nobody)
			}
		}
		if records, err := l.DeviceRecords(ctx, caller.Corp, []attendance.UserID{"ZhangSan", "none"}, 1, 2, false); err != nil || len(records) != 0 {
			t.Errorf("device records: %v, %v", records, err)
		}
		for r, want := range map[string]bool{
			`{"userid":["fourth"]}`: true, `{"userid":["ZhangSan"]}`: false, `{"party_id":["4"]}`: true, `{"party_id":["2"]}`: false, `{"tagid":[9]}`: false,
		} {
			err := rule(`{"grouptype":3,"groupname":"自由","range":` + r + `,"checkindate":[{"workdays":[1]}]}`)
			if errors.Is(err, attendance.ErrOutOfScope) == want {
				t.Errorf("a rule for %s: %v", r, err)
			}
		}
	})
}

func TestSetAccessRefuses(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		l := newLimited(t, db)
		for name, access := range map[string]app.Access{
			"department": {Range: app.Range{Depts: []attendance.DeptID{5}}},
			"member":     {Range: app.Range{Users: []attendance.UserID{"none"}}},
			"network":    {Addresses: []netip.Prefix{{}}},
			"permission": {Permissions: []app.Permission{app.CheckinPermission}},
		} {
			if err := l.SetAccess(t.Context(), "ww1", l.creds[1].Agent, access); !errors.Is(err, app.ErrBadInput) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := l.SetAccess(t.Context(), "ww1", 9, app.Access{}); !errors.Is(err, app.ErrBadInput) {
			t.Errorf("no such app: %v", err)
		}
		want := app.Access{Range: app.Range{Tags: []attendance.TagID{1}}, Addresses: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}}
		l.with(t, want)
		got, err := l.Access(t.Context(), "ww1", l.creds[1].Agent)
		if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b netip.Prefix) bool { return a == b })); diff != "" || err != nil {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	})
}

func TestTrustedAddresses(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		l := newLimited(t, db)
		secret := l.creds[1].Secret
		caller := l.with(t, app.Access{Addresses: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("2001:db8::1/128")}})
		for address, want := range map[string]bool{
			"192.0.2.0": true, "192.0.2.255": true, "192.0.3.0": false, "2001:db8::1": true, "2001:db8::2": false, "::ffff:192.0.2.7": true,
		} {
			from := netip.MustParseAddr(address)
			_, _, err := l.TokenFrom(t.Context(), from, "ww1", secret)
			if caller.Trusts(from) != want || (err == nil) != want || err != nil && !errors.Is(err, app.ErrUntrusted) {
				t.Errorf("%s: trusted %v, %v", address, caller.Trusts(from), err)
			}
		}
		if caller.Trusts(netip.Addr{}) {
			t.Error("an address that is not known is trusted")
		}
	})
}

// The third wrong secret within an hour bans the address, for an hour and for
// no other's sake.
func TestWrongSecretsBan(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db)
		one := app.New(db, f.clock.now, app.WithWrongSecrets(3))
		two := app.New(db, f.clock.now, app.WithWrongSecrets(3)) // another process
		bad, other := netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("192.0.2.2")
		try := func(a *app.App, from netip.Addr, secret app.Secret) error {
			_, _, err := a.TokenFrom(t.Context(), from, "ww1", secret)
			return err
		}
		right := f.creds[1].Secret
		expect := func(what string, err, want error) {
			t.Helper()
			if !errors.Is(err, want) {
				t.Errorf("%s: %v, want %v", what, err, want)
			}
		}
		expect("first", try(one, bad, "x"), app.ErrWrongSecret)
		expect("second", try(two, bad, "x"), app.ErrWrongSecret)
		f.clock.at = noon.Add(time.Hour) // the count begins anew
		expect("first again", try(one, bad, "x"), app.ErrWrongSecret)
		expect("second again", try(one, bad, "x"), app.ErrWrongSecret)
		expect("right in between", try(one, bad, right), nil)
		expect("third", try(two, bad, "x"), app.ErrWrongSecret)
		expect("banned", try(one, bad, right), app.ErrBanned)
		expect("banned elsewhere", try(two, bad, "x"), app.ErrBanned)
		expect("another address", try(one, other, right), nil)
		f.clock.at = noon.Add(2*time.Hour - time.Second)
		expect("in the last second", try(one, bad, right), app.ErrBanned)
		f.clock.at = noon.Add(2 * time.Hour)
		expect("an hour later", try(one, bad, right), nil)
		unlimited := app.New(db, f.clock.now, app.WithWrongSecrets(0))
		for range 5 {
			expect("without a limit", try(unlimited, bad, "x"), app.ErrWrongSecret)
		}
	})
}

// The columns of section 3 of the protocol, row by row.
func TestMayCall(t *testing.T) {
	t.Parallel()
	both := []app.Permission{app.CheckinPermission, app.DevicePermission}
	provider := []string{"K1", "K2", "K3", "K4", "K6", "K7", "K8", "K11"}
	third := []string{"K1", "K2", "K3", "K4", "K6", "K8"}
	all := []string{"K1", "K2", "K3", "K4", "K5", "K6", "K7", "K8", "K9", "K10", "K11", "K12"}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f, keyed := newSuites(t, db)
		for _, tt := range []struct {
			kind        app.AppKind
			permissions []app.Permission
			want        []string
		}{
			{app.AdminApp, nil, nil},
			{app.ContactApp, nil, nil},
			{app.CheckinApp, nil, all},
			{app.SystemApp, nil, all},
			{app.ProviderApp, both, provider},
			{app.ProviderApp, []app.Permission{app.CheckinPermission}, provider},
			{app.ProviderApp, []app.Permission{}, nil},
			{app.SuiteApp, both, append(slices.Clone(third), "K9")},
			{app.SuiteApp, []app.Permission{app.CheckinPermission}, third},
			{app.SuiteApp, []app.Permission{app.DevicePermission}, nil},
		} {
			caller := &app.Caller{Kind: tt.kind}
			if tt.permissions != nil {
				caller = keyed.callerOf(t, f, tt.kind, tt.permissions)
			}
			var got []string
			for _, op := range checkin.Operations {
				if caller.MayCall(op) && !slices.Contains(got, op.Key) {
					got = append(got, op.Key)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s with %v (-want +got):\n%s", tt.kind, tt.permissions, diff)
			}
		}
	})
}
