package dakatest

import (
	"context"
	"encoding/json"
	"time"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/sample"
	"github.com/dakahq/daka/internal/server"
	"github.com/dakahq/daka/wecom"
)

// sample makes the company of the demo.
func (s *Server) sample(srv *server.Server, set *settings) wecom.Secret {
	s.t.Helper()
	zone, err := attendance.LoadZone("")
	s.must(err)
	today, clock := zone.DayAt(s.Clock.Now().Unix())
	if clock < sample.Noon {
		today--
	}
	ctx := s.t.Context()
	company, err := sample.Build(ctx, srv.App(), sample.Spec{Seed: 1, People: set.people, Months: set.months, Today: today})
	s.must(err)
	contact, err := srv.App().CreateApp(ctx, company.Corp.ID, "contact", "")
	s.must(err)
	s.CorpID = string(company.Corp.ID)
	s.App = App{company.Checkin.Agent, wecom.NewSecret(company.Checkin.Secret.Reveal())}
	s.Contact = App{contact.Agent, wecom.NewSecret(contact.Secret.Reveal())}
	return wecom.NewSecret(company.Admin.Secret.Reveal())
}

// knownEarly is when seeds become known: before anything that is asked about.
const knownEarly = 1

// Facts stores facts, each with the time at which it became known.
func (s *Server) Facts(f admin.Facts) {
	s.t.Helper()
	s.must(s.Admin.AddFacts(s.ctx(), f))
}

// Members makes members of the root department, known from the start.
func (s *Server) Members(userIDs ...string) {
	s.t.Helper()
	var f admin.Facts
	for _, id := range userIDs {
		f.Members = append(f.Members, admin.MemberFact{
			Member: admin.Member{UserID: id, Name: id, Departments: []int64{1}}, KnownAt: knownEarly,
		})
	}
	s.Facts(f)
}

// Rule puts a rule document, in the form in which getcorpcheckinoption answers
// it, in force from the start. Its groupid counts; 0 makes a new one.
func (s *Server) Rule(doc string) {
	s.t.Helper()
	var head struct {
		GroupID int64 `json:"groupid"`
	}
	s.must(json.Unmarshal([]byte(doc), &head))
	s.Facts(admin.Facts{Rules: []admin.RuleFact{{
		GroupID: head.GroupID, Form: "read", Rule: json.RawMessage(doc), KnownAt: knownEarly,
	}}})
}

// Punch stores punches of a member, each known when it was made.
func (s *Server) Punch(userID string, at ...time.Time) {
	s.t.Helper()
	var f admin.Facts
	for _, t := range at {
		f.Punches = append(f.Punches, admin.PunchFact{UserID: userID, At: t.Unix(), KnownAt: t.Unix()})
	}
	s.Facts(f)
}

// Fail lets calls fail by a rule, until ClearFaults.
func (s *Server) Fail(f admin.Fault) {
	s.t.Helper()
	_, err := s.Admin.AddFault(s.ctx(), f)
	s.must(err)
}

// ClearFaults takes all fault rules back.
func (s *Server) ClearFaults() {
	s.t.Helper()
	s.must(s.Admin.ClearFaults(s.ctx()))
}

// Revoke ends the tokens of all apps but the admin app before their time.
func (s *Server) Revoke() {
	s.t.Helper()
	_, err := s.Admin.RevokeTokens(s.ctx(), admin.TokenRevocation{})
	s.must(err)
}

// Requests returns the latest calls of WeCom's interface that came in.
func (s *Server) Requests() []admin.Request {
	s.t.Helper()
	list, err := s.Admin.Requests(s.ctx(), 0)
	s.must(err)
	return list.Requests
}

// Snapshot keeps the facts of the corporation and returns what puts them back.
func (s *Server) Snapshot() (restore func()) {
	s.t.Helper()
	const name = "dakatest"
	s.must(s.Admin.Snapshot(s.ctx(), name))
	return func() {
		s.t.Helper()
		s.must(s.Admin.Restore(s.ctx(), name))
	}
}

// ctx outlives the test's own, which ends before the functions of t.Cleanup.
func (s *Server) ctx() context.Context { return context.WithoutCancel(s.t.Context()) }
