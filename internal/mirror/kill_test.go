package mirror_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/bits"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/dakatest"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/mirror"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/wecom"
)

// orders are what a mirroring process is told, as JSON on its stdin.
type orders struct {
	DSN, URL, CorpID, Secret string
	From, To                 attendance.Day
	Start, Wall              time.Time // what its clock showed when the machine's showed Wall
	Scale                    float64
}

// childVariable makes the test binary a mirroring process.
const childVariable = "DAKA_TEST_MIRROR_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(childVariable) == "" {
		os.Exit(m.Run())
	}
	if err := child(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// scaled is a clock that runs faster than the machine's.
type scaled struct{ *orders }

func (c scaled) Now() time.Time {
	return c.Start.Add(time.Duration(float64(time.Since(c.Wall)) * c.Scale))
}

func (c scaled) Sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(time.Duration(float64(d) / c.Scale)):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// child is one mirroring process: once.
func child(ctx context.Context) error {
	var o orders
	text, err := io.ReadAll(os.Stdin)
	if err == nil {
		err = json.Unmarshal(text, &o)
	}
	if err != nil {
		return err
	}
	db, err := store.Open(ctx, o.DSN, store.Options{Relaxed: true})
	if err != nil {
		return err
	}
	if err := db.Migrate(ctx); err != nil {
		return err
	}
	a := app.New(db, scaled{&o}.Now)
	corp, err := a.MirrorCorp(ctx, app.NewCorp{ID: attendance.CorpID(o.CorpID)})
	if err != nil {
		return err
	}
	w, err := wecom.New(wecom.CorpApp(o.CorpID, wecom.NewSecret(o.Secret)), wecom.WithBaseURL(o.URL), wecom.WithClock(scaled{&o}))
	if err != nil {
		return err
	}
	m, err := mirror.New(a, corp, w, mirror.Options{From: o.From, To: o.To, Overlap: 3, Clock: scaled{&o}, KeepQuotas: true})
	if err == nil {
		_, err = m.Run(ctx)
	}
	return err
}

// start begins a mirroring process.
func (o *orders) start(t *testing.T) *exec.Cmd {
	t.Helper()
	text, err := json.Marshal(o)
	must(t, err)
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childVariable+"=1")
	in, err := cmd.StdinPipe()
	must(t, err)
	cmd.Stderr = os.Stderr
	must(t, cmd.Start())
	_, err = in.Write(text)
	must(t, err)
	must(t, in.Close())
	return cmd
}

// faults lets calls fail in every way, some of them after they were done.
func (s *source) faults() {
	for i, f := range []admin.Fault{
		{Kind: admin.FaultErrCode, ErrCode: -1, Probability: 0.02}, {Kind: admin.FaultErrCode, ErrCode: 45009, Probability: 0.002},
		{Kind: admin.FaultErrCode, ErrCode: 42001, Probability: 0.01}, {Kind: admin.FaultHalfBody, Probability: 0.02},
		{Kind: admin.FaultReset, Probability: 0.01}, {Kind: admin.FaultReset, After: true, Probability: 0.01},
	} {
		f.Seed = uint64(i)
		s.Fail(f)
	}
}

// A mirror whose process is killed again and again is the same in the end, and
// no answer that was stored is asked for twice.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes minutes under the race detector")
	}
	t.Parallel()
	people, months, kills, span := 60, 1, 6, 300*time.Millisecond
	full := os.Getenv("DAKA_FULL") != ""
	if full {
		people, months, kills, span = 2000, 6, 50, 4*time.Second
	}
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		seed := uint64(time.Now().UnixNano())
		t.Logf("seed %d", seed)
		r := rand.New(rand.NewPCG(seed, 1))
		s := newSource(t, people, months)
		s.faults()
		const scale = 600
		o := &orders{
			DSN: dsn, URL: s.URL, CorpID: s.CorpID, Secret: s.App.Secret.Reveal(), From: s.first, To: s.last - 1, Scale: scale,
		}
		s.Clock.Scale(scale)
		o.Start, o.Wall = s.Clock.Now(), time.Now()
		count := s.count(t)
		killed := 0
		for done := false; !done; {
			cmd := o.start(t)
			ended := make(chan error, 1)
			go func() { ended <- cmd.Wait() }()
			wait := time.Hour
			if killed < kills {
				wait = time.Duration(r.Int64N(int64(span)))
			}
			select {
			case err := <-ended:
				must(t, err)
				done = true
			case <-time.After(wait):
				must(t, cmd.Process.Kill())
				<-ended
				killed++
			}
		}
		good, failed := count()
		least := s.least(people, months)
		t.Logf("killed %d times; %d calls answered, %d at least, %d failed: %v", killed, sum(good), least, sum(failed), good)
		// What is on its way when a process is killed is asked for again: four
		// calls of each of nine kinds, with a token and the names of vacations.
		// An hour after it began, a round that was killed is a new one: its members,
		// its rules, its lists of forms, and the last days of a hundred members, which
		// may lie in two months, in each of five kinds.
		rounds := min(killed, int(s.Clock.Now().Sub(noon)/time.Hour))
		anew := rounds * (10 + 1 + 30 + 10*((people+99)/100))
		if most := least*103/100 + (killed+1)*(4*9+2) + anew; sum(good) > most {
			t.Errorf("%d calls answered, and %d would do", sum(good), most)
		}
		s.ClearFaults()
		a := openApp(t, dsn, s.Clock.Now)
		corp, err := a.Corp(t.Context(), "")
		must(t, err)
		s.compare(t, a, corp)
	})
}

// A mirror is made with hardly a call more than it takes, and none is refused
// for its quota.
func TestCalls(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes minutes under the race detector")
	}
	t.Parallel()
	people, months := 110, 1
	if os.Getenv("DAKA_FULL") != "" {
		people, months = 2000, 6
	}
	s := newSource(t, people, months, dakatest.Limited())
	s.Clock.Scale(60)
	a := openApp(t, "sqlite:"+t.TempDir()+"/mirror.db", s.Clock.Now)
	corp, err := a.MirrorCorp(t.Context(), app.NewCorp{ID: s.corp.ID})
	must(t, err)
	m, err := mirror.New(a, corp, s.WeCom, mirror.Options{From: s.first, To: s.last - 1, Overlap: 3, Clock: s.Clock, KeepQuotas: true})
	must(t, err)
	report, err := m.Run(t.Context())
	must(t, err)
	calls := 0
	for _, k := range report.Kinds {
		calls += k.Calls
	}
	least := s.least(people, months)
	t.Logf("%d calls, %d at least, in %s", calls, least, report.Took)
	if float64(calls) > float64(least)*1.03 {
		t.Errorf("%d calls, and %d would do: %+v", calls, least, report.Kinds)
	}
	for _, r := range s.Requests() {
		// A token may die on its way: two hours are two minutes here.
		if r.ErrCode != nil && *r.ErrCode != 0 && *r.ErrCode != int64(wecom.CodeExpiredToken) {
			t.Errorf("%s: %d", r.Path, *r.ErrCode)
		}
	}
	s.compare(t, a, corp)
}

// least is how many calls a mirror takes.
func (s *source) least(people, months int) int {
	cohorts := (people + 99) / 100
	days := int(s.last - s.first) // From to To
	upTo := func(n, most int) int { return (n + most - 1) / most }
	// A call for the departments and one for each of the nine; all rules; each
	// member's on two days, three changes halved, and the ends of a week that the
	// reports tell of; punches in 30 days with one more on each side, of devices in 31, shifts in the months that they touch,
	// reports in 31 days, sums in months; forms in pages of 100, each of the four
	// kinds of requests from 31 days before to today, corrections from a day before,
	// and one by one.
	return 10 + 1 + 2*cohorts + 3*bits.Len(uint(days)) + 4 +
		cohorts*(upTo(days+2, 30)+upTo(days+2, 31)+months+2+upTo(days, 31)+months+1) +
		4*upTo(days+32, 31) + upTo(days+2, 31) + s.forms/100 + s.forms
}

// count counts the calls that are made from now on until the function that it
// returns is called, by path: those that were answered, and those that failed.
func (s *source) count(t *testing.T) func() (good, failed map[string]int) {
	good, failed := map[string]int{}, map[string]int{}
	var after int64
	read := func() error {
		list, err := s.Admin.Requests(t.Context(), after)
		if err != nil {
			return err // the token of who asks meets the faults too
		}
		for _, r := range list.Requests {
			if r.Seq != after+1 {
				t.Errorf("%d calls were not counted", r.Seq-after-1)
			}
			after = r.Seq
			if r.Fault != 0 || r.ErrCode == nil || *r.ErrCode != 0 {
				failed[r.Path]++
			} else {
				good[r.Path]++
			}
		}
		return nil
	}
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			case <-time.After(100 * time.Millisecond):
				_ = read() // what it misses comes with the next one
			}
		}
	}()
	return func() (map[string]int, map[string]int) {
		close(stop)
		<-stopped
		s.ClearFaults()
		must(t, read())
		return good, failed
	}
}

func sum(counts map[string]int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}
