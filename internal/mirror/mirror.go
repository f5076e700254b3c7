package mirror

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// Options say what is copied.
type Options struct {
	From attendance.Day // the first day
	To   attendance.Day // the last day; 0 = today, and never later
	// Overlap is for how many days after a day what is told of it is asked for
	// again: punches are uploaded late, shifts and reports change.
	Overlap int
	// Parallel is how many calls of one kind are under way at once; 0 = 4.
	Parallel int
	// Clock is that of the client; it is needed.
	Clock wecom.Clock
	// Progress is told after each call, by one goroutine at a time; nil = nobody is.
	Progress func(Progress)
}

// Mirror copies one corporation. One process at a time may.
type Mirror struct {
	app  *app.App
	corp *app.Corp
	w    *wecom.Client
	c    *checkin.Client
	opts Options

	writing sync.Mutex // held by what stores
	tally   tally
	round   int64 // when this round began, Unix seconds
	today   attendance.Day
	known   *knowledge // of rules, before anything else is fetched
}

// New returns a Mirror that asks through w, whose quotas and clock it keeps, and
// stores by a. It fails with app.ErrBadInput for days that cannot be.
func New(a *app.App, corp *app.Corp, w *wecom.Client, opts Options) (*Mirror, error) {
	if opts.Parallel == 0 {
		opts.Parallel = 4
	}
	today, _ := corp.Zone.DayAt(a.Now())
	switch {
	case !opts.From.Valid() || opts.From > today:
		return nil, fmt.Errorf("%w: from %s: want a day that has begun", app.ErrBadInput, opts.From)
	case opts.To != 0 && (opts.To < opts.From || !opts.To.Valid()):
		return nil, fmt.Errorf("%w: to %s: it is before %s", app.ErrBadInput, opts.To, opts.From)
	case opts.Overlap < 0 || opts.Overlap > 366:
		return nil, fmt.Errorf("%w: overlap of %d days: want 0 to 366", app.ErrBadInput, opts.Overlap)
	}
	// A long copy meets more bad minutes than a single call does.
	w, err := w.With(wecom.WithRetry(wecom.Retry{Sends: 8, Windows: 120}))
	if err != nil {
		return nil, err
	}
	return &Mirror{app: a, corp: corp, w: w, c: checkin.NewClient(w), opts: opts}, nil
}

// roundState keeps when the round under way began.
const roundState = "round"

// longestRound is for how long, in seconds, a round that broke off is gone on with.
const longestRound = 86_400

// Run copies what is new since the last time, or all there is. A run that broke
// off, however it did, is gone on with by the next one: it makes no call again
// whose answer was stored. The Report is good up to where an error came.
func (m *Mirror) Run(ctx context.Context) (*Report, error) {
	began := time.Unix(m.app.Now(), 0)
	m.tally.begin(m.opts.Progress)
	err := m.run(ctx)
	return m.tally.report(time.Unix(m.app.Now(), 0).Sub(began)), err
}

func (m *Mirror) run(ctx context.Context) error {
	if err := m.beginRound(ctx); err != nil {
		return err
	}
	if err := m.patiently(ctx, func() error { return m.directory(ctx) }); err != nil {
		return fmt.Errorf("members and departments: %w", err)
	}
	users, err := m.users(ctx)
	if err != nil {
		return err
	}
	if err := m.rules(ctx, users); err != nil {
		return fmt.Errorf("rules: %w", err)
	}
	if err := m.lanes(ctx, users); err != nil {
		return err
	}
	if err := m.disputes(ctx, users); err != nil {
		return fmt.Errorf("rules: %w", err)
	}
	if err := m.approvalsOfReports(ctx, users); err != nil {
		return fmt.Errorf("approvals of reports: %w", err)
	}
	return m.app.SetMirrorState(ctx, m.corp, roundState, "")
}

// beginRound goes on with the round that broke off, or begins one.
func (m *Mirror) beginRound(ctx context.Context) error {
	now := m.app.Now()
	m.today, _ = m.corp.Zone.DayAt(now)
	text, err := m.app.MirrorState(ctx, m.corp, roundState)
	if err != nil {
		return err
	}
	if m.round = parseRound(text, now); m.round != 0 {
		return nil
	}
	m.round = now
	return m.app.SetMirrorState(ctx, m.corp, roundState, strconv.FormatInt(now, 10))
}

// parseRound returns when a round that may be gone on with began; 0 = there is none.
func parseRound(text string, now int64) int64 {
	began, err := strconv.ParseInt(text, 10, 64)
	if err != nil || began > now || now-began > longestRound {
		return 0
	}
	return began
}

// users returns the members there are now, in order.
func (m *Mirror) users(ctx context.Context) (users []attendance.UserID, err error) {
	contacts, err := m.app.Contacts(ctx, m.corp, nil)
	for _, c := range contacts {
		if c.Left >= m.today {
			users = append(users, c.ID)
		}
	}
	slices.Sort(users)
	return users, err
}

// last returns the last day that is asked about.
func (m *Mirror) last() attendance.Day {
	if m.opts.To == 0 {
		return m.today
	}
	return min(m.opts.To, m.today)
}

// lanes fetches the kinds of facts side by side: each has a quota of its own.
func (m *Mirror) lanes(ctx context.Context, users []attendance.UserID) error {
	cover, err := m.coverage(ctx)
	if err != nil {
		return err
	}
	planned := map[string][]job{}
	for i := range kinds {
		planned[kinds[i].name] = m.jobs(&kinds[i], cover, users)
		m.tally.plan(kinds[i].name, kinds[i].perMinute, len(planned[kinds[i].name]))
	}
	g, ctx := errgroup.WithContext(ctx)
	scheduled := make(chan struct{})
	for i := range kinds {
		k := &kinds[i]
		g.Go(func() error {
			if err := m.lane(ctx, k, planned[k.name]); err != nil {
				return fmt.Errorf("%s: %w", k.name, err)
			}
			if k.name == schedules {
				close(scheduled)
			}
			return nil
		})
	}
	g.Go(func() error { return m.forms(ctx, &requestForms, cover, nil) })
	g.Go(func() error { return m.forms(ctx, &correctionForms, cover, scheduled) })
	return g.Wait()
}

// lane makes the calls of one kind.
func (m *Mirror) lane(ctx context.Context, k *kind, jobs []job) error {
	err := each(ctx, m, jobs, func(ctx context.Context, j job) error {
		read, changed, err := k.fetch(m, ctx, k, j)
		if err == nil {
			m.tally.add(k.name, 1, read, changed)
		}
		return err
	})
	return m.permitted(ctx, k.name, len(jobs) > 0, err)
}

// each makes calls side by side, until one fails or ctx ends.
func each[J any](ctx context.Context, m *Mirror, jobs []J, do func(context.Context, J) error) error {
	g, calling := errgroup.WithContext(ctx)
	g.SetLimit(m.opts.Parallel)
	for _, j := range jobs {
		if calling.Err() != nil {
			break
		}
		g.Go(func() error { return m.patiently(calling, func() error { return do(calling, j) }) })
	}
	return cmp.Or(g.Wait(), ctx.Err())
}

// disbelief is for how long a client takes a token for dead that was refused,
// although its source gives it out again.
const disbelief = 61 * time.Second

// patiently makes a call again a minute later, three times at most, when its
// token was refused and there was no other.
func (m *Mirror) patiently(ctx context.Context, do func() error) error {
	for again := 0; ; again++ {
		err := do()
		if again == 3 || !errors.Is(err, wecom.CodeInvalidToken) && !errors.Is(err, wecom.CodeExpiredToken) {
			return err
		}
		if err := m.opts.Clock.Sleep(ctx, disbelief); err != nil {
			return err
		}
	}
}

// refusedState keeps that the app may not make the calls of a kind.
func refusedState(kind string) string { return "refused " + kind }

// permitted notes whether the app may make the calls of a kind, and takes the
// refusal for an answer.
func (m *Mirror) permitted(ctx context.Context, kind string, asked bool, err error) error {
	text := ""
	refused, _ := errors.AsType[*wecom.Error](err)
	switch {
	case err == nil && !asked:
		return nil
	case err == nil:
	case isForbidden(err):
		text = strconv.FormatInt(int64(refused.Code), 10)
		m.tally.refuse(kind, refused.Code)
	default:
		return err
	}
	m.writing.Lock()
	defer m.writing.Unlock()
	return m.app.SetMirrorState(ctx, m.corp, refusedState(kind), text)
}

// forbidden are the refusals that no repeat overcomes: the app lacks a right.
var forbidden = []wecom.Code{wecom.CodeForbiddenAPI, wecom.CodeUnauthorizedAPI}

func date(d attendance.Day) checkin.Date {
	year, month, day := d.Date()
	return checkin.Date{Year: year, Month: month, Day: day}
}
