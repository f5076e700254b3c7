package mirror

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

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
	// AcceptShrinking takes contacts that list nobody, or many fewer than before,
	// for the truth. Without it a run that meets them fails with app.ErrShrunk.
	AcceptShrinking bool
	// Parallel is how many calls of one kind are under way at once; 0 = 4.
	Parallel int
	// Clock is that of the client; it is needed.
	Clock wecom.Clock
	// KeepQuotas has what is spent of the server's quotas known to whoever mirrors
	// the corporation next, in the place of the limiter that the client has.
	KeepQuotas bool
	// Progress is told after each call, by one goroutine at a time; nil = nobody is.
	Progress func(Progress)
}

// Mirror copies one corporation.
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
	// left are the last days of those who have quit and are listed still: they
	// are asked about up to then.
	left map[attendance.UserID]attendance.Day
}

// New returns a Mirror that asks through w, whose quotas and clock it keeps, and
// stores by a. It fails with app.ErrBadInput for days that cannot be.
func New(a *app.App, corp *app.Corp, w *wecom.Client, opts Options) (*Mirror, error) {
	if opts.Parallel == 0 {
		opts.Parallel = 4
	}
	today, _ := corp.Zone.DayAt(a.Now())
	if err := opts.Check(today); err != nil {
		return nil, err
	}
	// A long copy meets more bad minutes than a single call does.
	with := []wecom.Option{wecom.WithRetry(wecom.Retry{Sends: 8, Windows: 120})}
	if opts.KeepQuotas {
		with = append(with, wecom.WithLimiter(wecom.NewJournaledLimiter(journal{a, corp})))
	}
	w, err := w.With(with...)
	if err != nil {
		return nil, err
	}
	return &Mirror{app: a, corp: corp, w: w, c: checkin.NewClient(w), opts: opts}, nil
}

// Check returns app.ErrBadInput for days that cannot be.
func (o *Options) Check(today attendance.Day) error {
	switch {
	case !o.From.Valid() || o.From > today:
		return fmt.Errorf("%w: from %s: want a day that has begun", app.ErrBadInput, o.From)
	case o.To != 0 && (o.To < o.From || !o.To.Valid()):
		return fmt.Errorf("%w: to %s: it is before %s", app.ErrBadInput, o.To, o.From)
	case o.Overlap < 0 || o.Overlap > 366:
		return fmt.Errorf("%w: overlap of %d days: want 0 to 366", app.ErrBadInput, o.Overlap)
	}
	return nil
}

// roundState keeps when the round under way began.
const roundState = "round"

// longestRound is for how long, in seconds, a round that broke off is gone on with.
// Longer, and what is new meanwhile would wait for its end.
const longestRound = 3600

// Run copies what is new since the last time, or all there is. A run that broke
// off within the hour, however it did, is gone on with by the next one: it makes
// no call again whose answer was stored. What one call fails for, or one kind,
// keeps no other from being copied: the Report is good for what came through,
// whatever the error. It fails with app.ErrMirroring, having done nothing, while
// another run of the same corporation is under way on the same database.
func (m *Mirror) Run(ctx context.Context) (*Report, error) {
	began := time.Unix(m.app.Now(), 0)
	m.tally.begin(m.opts.Progress)
	err := m.run(ctx)
	return m.tally.report(time.Unix(m.app.Now(), 0).Sub(began)), err
}

func (m *Mirror) run(ctx context.Context) (err error) {
	unlock, err := m.app.LockMirror(ctx, m.corp)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	if err := m.beginRound(ctx); err != nil {
		return err
	}
	lost := copied(m.patiently(ctx, func() error { return m.directory(ctx) }), "members and departments")
	users, err := m.users(ctx)
	if err != nil || lost != nil && (len(users) == 0 || !concernsOne(lost) && !errors.Is(lost, app.ErrShrunk)) {
		return errors.Join(lost, err)
	}
	m.known = newKnowledge(nil) // until rules are
	for _, part := range []struct {
		name string
		do   func(context.Context, []attendance.UserID) error
	}{
		{"rules", m.rules}, {"", m.lanes}, {"first days", m.firstDays}, {"last days", m.lastDays}, {requests, m.askTold}, {"rules", m.settle}, {"approvals of reports", m.approvalsOfReports},
	} {
		err := copied(part.do(ctx, users), part.name)
		lost = errors.Join(lost, err)
		if ctx.Err() != nil || Final(err) {
			return lost
		}
	}
	if lost == nil {
		lost = m.noteLate(ctx, users)
	}
	return errors.Join(lost, m.app.SetMirrorState(ctx, m.corp, roundState, ""))
}

// settle is disputes for an app that may have lost the right to ask since.
func (m *Mirror) settle(ctx context.Context, users []attendance.UserID) error {
	return m.permitted(ctx, ruleList, false, m.disputes(ctx, users))
}

// copied says of an error what could not be copied.
func copied(err error, what string) error {
	if err == nil || what == "" {
		return err
	}
	return fmt.Errorf("%s: %w", what, err)
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

// users returns the members who are asked about, in order: those there are now,
// and who has quit since the first day and is listed still.
func (m *Mirror) users(ctx context.Context) (users []attendance.UserID, err error) {
	quit, err := m.listedAsQuit(ctx)
	if err != nil {
		return nil, err
	}
	m.left = map[attendance.UserID]attendance.Day{}
	all, err := m.app.Contacts(ctx, m.corp, nil)
	for _, c := range all {
		switch {
		case c.Left > m.today: // who vanished today left today
			users = append(users, c.ID)
		case quit[c.ID] && c.Left >= m.opts.From:
			m.left[c.ID] = c.Left
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
	case denied(kind, err):
		text = strconv.FormatInt(int64(refused.Code), 10)
		m.tally.refuse(kind, refused.Code)
	default:
		return err
	}
	m.writing.Lock()
	defer m.writing.Unlock()
	return m.app.SetMirrorState(ctx, m.corp, refusedState(kind), text)
}

func date(d attendance.Day) checkin.Date {
	year, month, day := d.Date()
	return checkin.Date{Year: year, Month: month, Day: day}
}
