package verify

import (
	"context"
	"fmt"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
)

// Query says what is compared.
type Query struct {
	Corp        *app.Corp
	Users       []attendance.UserID // nil = every member
	First, Last attendance.Day      // both included
	AsOf        int64               // Unix seconds; 0 = now
	Lang        explain.Lang        // of the explanations
	Fit         bool                // search the options too
	Progress    func(members int)   // called when so many more members are done; nil = nobody asks
}

// Result is what came of a comparison.
type Result struct {
	From string `json:"from"` // 2026-01-31
	To   string `json:"to"`
	Counts
	Groups []Group `json:"groups"`
	Fit    *Fit    `json:"fit,omitzero"` // where it was asked for
	// ComparedShare is the share of the person-days due that were compared, and
	// EqualShare that of those compared which are equal, from 0 to 1.
	ComparedShare float64 `json:"compared_share"`
	EqualShare    float64 `json:"equal_share"`
}

// Equal reports whether all is equal: some days were compared, nothing differs,
// the punches of all of them were fetched, and no more days are counted apart
// than Plausible allows.
func (r *Result) Equal() bool { return r.Counts.equal(r.Counts.shares()) }

// Plausible reports whether the days with cards that no record shows are so few
// that corrections made by apps explain them: a quarter of those with cards at
// most. Where they are more, it is likelier that punches are missing.
func (c *Counts) Plausible() bool { return c.plausible(c.shares()) }

func (c *Counts) plausible(s Shares) bool { return s.Days.Apart*4 <= c.WithCards }

func (c *Counts) equal(s Shares) bool {
	return s.Days.Compared > 0 && s.Days.Equal == s.Days.Compared && s.Months.Equal == s.Months.Compared &&
		c.WithoutPunches == 0 && c.plausible(s)
}

// EqualAfter is Equal for what the fit found.
func (r *Result) EqualAfter() bool { return r.Fit != nil && r.Counts.equal(r.Fit.After) }

// Run compares our reports with WeCom's own. It changes nothing. It returns
// attendance.ErrUnknownUser.
func Run(ctx context.Context, a *app.App, q Query) (*Result, error) {
	if q.AsOf == 0 {
		q.AsOf = a.Now()
	}
	contacts, err := a.Contacts(ctx, q.Corp, q.Users)
	if err != nil {
		return nil, fmt.Errorf("verify: %w", err)
	}
	users := make([]attendance.UserID, len(contacts))
	for i := range contacts {
		users[i] = contacts[i].ID
	}
	g := newGatherer(q.Lang)
	p := &pass{app: a, query: q, texts: true, visit: g.take}
	res := &Result{From: q.First.String(), To: q.Last.String()}
	if res.Counts, err = p.run(ctx, users); err != nil {
		return nil, fmt.Errorf("verify: %w", err)
	}
	if q.Users == nil {
		if res.UnknownMembers, err = strangers(ctx, a, &q, users); err != nil {
			return nil, fmt.Errorf("verify: %w", err)
		}
	}
	if res.Due > 0 {
		res.ComparedShare = float64(res.Days.Compared) / float64(res.Due)
	}
	if res.Days.Compared > 0 {
		res.EqualShare = float64(res.Days.Equal) / float64(res.Days.Compared)
	}
	f := &fitter{app: a, query: q, users: users, gathered: g}
	if err := f.remedies(ctx); err != nil {
		return nil, fmt.Errorf("verify: try options: %w", err)
	}
	if q.Fit {
		if res.Fit, err = f.fit(ctx, &res.Counts); err != nil {
			return nil, fmt.Errorf("verify: fit options: %w", err)
		}
	}
	res.Groups = g.result()
	return res, nil
}
