package mirror_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/dakatest"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

var china = time.FixedZone("UTC+8", 8*3600)

// noon is when the sources' histories end: a Wednesday.
var noon = time.Date(2026, 7, 15, 12, 0, 0, 0, china)

// source is a server whose corporation is mirrored, with the use cases on its
// database.
type source struct {
	*dakatest.Server
	app         *app.App
	corp        *app.Corp
	first, last attendance.Day
	users       []attendance.UserID
	forms       int // approval forms that were made
}

// newSource makes a company of so many people and full months, with what the
// sample has not: rules that change, corrections and requests that were
// approved, refused and revoked.
func newSource(t *testing.T, people, months int, opts ...dakatest.Option) *source {
	t.Helper()
	dsn := "sqlite:" + filepath.Join(t.TempDir(), "source.db")
	opts = append([]dakatest.Option{dakatest.At(noon), dakatest.WithSample(people, months), dakatest.OnDatabase(dsn)}, opts...)
	s := &source{Server: dakatest.NewServer(t, opts...)}
	s.app = openApp(t, dsn, s.Clock.Now)
	var err error
	s.corp, err = s.app.Corp(t.Context(), "")
	must(t, err)
	contacts, err := s.app.Contacts(t.Context(), s.corp, nil)
	must(t, err)
	for _, c := range contacts {
		s.users = append(s.users, c.ID)
	}
	s.last, _ = s.corp.Zone.DayAt(noon.Unix())
	s.first = attendance.DayOf(2026, noon.Month()-time.Month(months), 1)
	s.rules(t)
	s.requests(t)
	return s
}

// openApp opens a database that exists, or a new one.
func openApp(t *testing.T, dsn string, now func() time.Time) *app.App {
	t.Helper()
	db, err := store.Open(t.Context(), dsn, store.Options{Relaxed: true})
	must(t, err)
	t.Cleanup(func() { _ = db.Close() })
	must(t, db.Migrate(t.Context()))
	return app.New(db, now)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// rules lets the office be more patient from one day on, two members change to a
// rule of their own on another, and one be under yet another for a week.
func (s *source) rules(t *testing.T) {
	t.Helper()
	office := s.office(t)
	doc := func(change func(rule map[string]any)) json.RawMessage { return edited(t, office, change) }
	later, begin := s.first+20, s.first+24
	group := int64(office["groupid"].(float64))
	s.Facts(admin.Facts{Rules: []admin.RuleFact{
		{GroupID: group, Form: "read", First: admin.Day(later.String()), KnownAt: noon.Unix() - 86400*30, Rule: doc(func(rule map[string]any) {
			rule["groupname"] = "办公室固定班（新）"
			for _, d := range rule["checkindate"].([]any) {
				d.(map[string]any)["flex_on_duty_time"] = 600
			}
		})},
		{GroupID: 77, Form: "read", First: admin.Day(begin.String()), KnownAt: noon.Unix() - 86400*30,
			Rule: doc(func(rule map[string]any) {
				rule["groupid"], rule["groupname"] = 77, "新规则"
				rule["range"] = map[string]any{"party_id": []any{}, "userid": []any{s.users[0], s.users[3]}, "tagid": []any{}}
			})},
		{GroupID: 78, Form: "read", First: admin.Day((s.first + 11).String()), Last: admin.Day((s.first + 17).String()), KnownAt: noon.Unix() - 86400*30,
			Rule: doc(func(rule map[string]any) {
				rule["groupid"], rule["groupname"] = 78, "一周的规则"
				rule["range"] = map[string]any{"party_id": []any{}, "userid": []any{s.users[1]}, "tagid": []any{}}
			})},
	}})
}

// office is the document of the office's rule.
func (s *source) office(t *testing.T) (rule map[string]any) {
	t.Helper()
	docs, err := s.app.CorpRules(t.Context(), s.corp)
	must(t, err)
	must(t, json.Unmarshal(docs[0], &rule))
	return rule
}

// edited is a document with a change.
func edited(t *testing.T, doc map[string]any, change func(map[string]any)) json.RawMessage {
	t.Helper()
	text, err := json.Marshal(doc)
	must(t, err)
	var rule map[string]any
	must(t, json.Unmarshal(text, &rule))
	change(rule)
	text, err = json.Marshal(rule)
	must(t, err)
	return text
}

// requests hands in forms of every kind and end.
func (s *source) requests(t *testing.T) {
	t.Helper()
	r := rand.New(rand.NewPCG(7, 7))
	apart := 5 + len(s.users)/25 // days from one form of a member to the next, at least
	var list []admin.Approval
	var fixes []admin.CorrectionFact
	day := func(d attendance.Day, hour int) int64 { return s.corp.Zone.At(d, attendance.TimeOfDay(hour*3600)) }
	office := map[attendance.UserID]bool{}
	under, err := s.app.RulesOf(t.Context(), s.corp, s.users, s.first+7)
	must(t, err)
	for _, u := range under {
		office[u.User] = strings.Contains(string(u.Doc), "办公室固定班")
	}
	for i, u := range s.users {
		for n, d := 0, s.first+1+attendance.Day(r.IntN(20)); d < s.last-2; n, d = n+1, d+attendance.Day(apart+r.IntN(20)) {
			a := admin.Approval{
				UserID: string(u), Number: fmt.Sprintf("2026%05d%03d", i, n), Kind: []string{"leave", "trip", "outing", "overtime"}[r.IntN(4)],
				From: day(d, 9), To: day(d, 9+r.IntN(8)+1), Status: 2, KnownAt: day(d-1, 10),
			}
			if a.Kind == "overtime" {
				a.From, a.To = day(d, 18), day(d, 21)
			}
			if a.Kind == "leave" {
				a.Vacation = &admin.Vacation{ID: int64(1 + r.IntN(3)), Name: []string{"年假", "事假", "病假"}[r.IntN(3)]}
				a.Vacation.Name = []string{"年假", "事假", "病假"}[a.Vacation.ID-1]
				if r.IntN(2) == 0 {
					a.ByDay, a.From, a.To = true, day(d, 12), day(d+1, 0)
				}
			}
			switch r.IntN(6) {
			case 0:
				a.Status = 3
			case 1:
				list = append(list, a)
				a.Status, a.KnownAt = 6, a.KnownAt+3600
			}
			list = append(list, a)
			s.forms++
		}
		if office[u] && i%2 == 0 {
			fixes = append(fixes, admin.CorrectionFact{
				UserID: string(u), Day: admin.Day((s.first + 7).String()), At: day(s.first+7, 9), By: "approval", KnownAt: day(s.first+9, 12),
				Slot: new(int64(9 * 3600)),
			})
			s.forms++
		}
	}
	for part := range slices.Chunk(list, 2000) {
		s.Facts(admin.Facts{Approvals: part})
	}
	s.Facts(admin.Facts{Corrections: fixes})
}
