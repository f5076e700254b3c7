package checkin_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/http/httptest"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/wecom"
	"github.com/google/go-cmp/cmp"
)

// newServer starts a server that gives tokens out, before what h answers.
func newServer(t testing.TB, h http.Handler) *httptest.Server {
	return newPlainServer(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !tokenPath(w, r) {
			h.ServeHTTP(w, r)
		}
	}))
}

func newPlainServer(t testing.TB, h http.Handler) *httptest.Server {
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return srv
}

// anything drops the type of what is yielded.
func anything[T any](list iter.Seq2[T, error]) iter.Seq2[any, error] {
	return func(yield func(any, error) bool) {
		for v, err := range list {
			if !yield(v, err) {
				return
			}
		}
	}
}

// methods are those of Fetch by the call that they make.
var methods = map[string]func(checkin.Fetch, context.Context) iter.Seq2[any, error]{
	"getcheckindata": func(f checkin.Fetch, ctx context.Context) iter.Seq2[any, error] { return anything(f.Records(ctx)) },
	"get_hardware_checkin_data": func(f checkin.Fetch, ctx context.Context) iter.Seq2[any, error] {
		return anything(f.HardwareRecords(ctx))
	},
	"getcheckin_daydata":   func(f checkin.Fetch, ctx context.Context) iter.Seq2[any, error] { return anything(f.DayReports(ctx)) },
	"getcheckin_monthdata": func(f checkin.Fetch, ctx context.Context) iter.Seq2[any, error] { return anything(f.MonthReports(ctx)) },
	"getcheckinoption":     func(f checkin.Fetch, ctx context.Context) iter.Seq2[any, error] { return anything(f.Options(ctx)) },
	"getcheckinschedulist": func(f checkin.Fetch, ctx context.Context) iter.Seq2[any, error] { return anything(f.Schedules(ctx)) },
}

// 250 members are three calls: 100, 100 and 50. The fake refuses what is over
// the limits of a call.
func TestFetchCalls(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		call     string
		from, to string
		zone     string
		overlap  time.Duration
		calls    int
		elements int
	}{
		{"getcheckindata", "2025-01-01", "2025-03-31", "", -1, 3 * 3, 0}, // 90 days / 30
		{"getcheckindata", "2025-01-01", "2025-03-31", "", 0, 3 * 4, 0},  // 90.5 days / 30
		{"getcheckindata", "2025-01-01", "2025-01-01", "", 0, 3, 0},
		{"get_hardware_checkin_data", "2025-01-01", "2025-03-31", "", 0, 3 * 3, 0}, // 90.5 days / 31
		{"getcheckin_daydata", "2025-01-01", "2025-03-31", "", 0, 3 * 3, 250 * 90}, // 90 days / 31
		{"getcheckin_daydata", "2025-01-01", "2025-01-31", "", 0, 3, 250 * 31},
		{"getcheckin_daydata", "2025-01-01", "2025-01-01", "", 0, 3, 250},
		// 31 days in which clocks go back are 31 x 86,400 + 3,600 s from midnight to
		// midnight, and a call takes 30 x 86,400.
		{"getcheckin_daydata", "2025-10-01", "2025-10-31", "Europe/Berlin", 0, 3 * 2, 250 * 31},
		{"getcheckin_daydata", "2025-03-01", "2025-03-31", "Europe/Berlin", 0, 3, 250 * 31},
		{"getcheckin_daydata", "2025-09-01", "2025-09-30", "America/Santiago", 0, 3, 250 * 30}, // 7 September begins at 01:00
		{"getcheckin_monthdata", "2025-01-01", "2025-03-31", "", 0, 3 * 3, 250 * 3},
		{"getcheckin_monthdata", "2025-01-31", "2025-02-01", "", 0, 3 * 2, 250 * 2},
		{"getcheckin_monthdata", "2025-10-01", "2025-10-31", "Europe/Berlin", 0, 3 * 2, 250 * 2},
		{"getcheckinschedulist", "2025-01-15", "2025-03-31", "", 0, 3 * 3, 250 * 3},
		{"getcheckinschedulist", "2025-10-01", "2025-10-31", "Europe/Berlin", 0, 3, 250},
		{"getcheckinoption", "2025-01-01", "2025-03-31", "", 0, 3 * 90, 250 * 90},
	} {
		t.Run(fmt.Sprintf("%s %s %s %s", tt.call, tt.from, tt.to, tt.zone), func(t *testing.T) {
			t.Parallel()
			srv := newFake(t)
			f := checkin.Fetch{Client: srv.client(), Users: userids(250), From: date(tt.from), To: date(tt.to), Overlap: tt.overlap}
			if tt.zone != "" {
				zone, err := time.LoadLocation(tt.zone)
				must(t, err)
				f.Zone, srv.zone = zone, zone
			}
			var told [][2]int
			f.Progress = func(done, total int) { told = append(told, [2]int{done, total}) }
			all, err := collect(methods[tt.call](f, t.Context()))
			must(t, err)
			if len(srv.calls) != tt.calls || len(all) != tt.elements {
				t.Errorf("%d calls and %d elements, want %d and %d", len(srv.calls), len(all), tt.calls, tt.elements)
			}
			for done, p := range told {
				if p != [2]int{done, tt.calls} {
					t.Errorf("progress %d: %v", done, p)
				}
			}
			if len(told) != tt.calls+1 {
				t.Errorf("progress was told %d times, want at the beginning and for %d calls", len(told), tt.calls)
			}
		})
	}
}

// Whatever the server's bounds mean and its answers' order is, each punch
// comes once, and those of a member in the order of time.
func TestFetchMeetingWindows(t *testing.T) {
	t.Parallel()
	from := date("2025-01-01").Midnight(china).Unix()
	const span = 30 * 86_400
	for name, within := range map[string]func(at, start, end int64) bool{
		"both included":  func(at, start, end int64) bool { return start <= at && at <= end },
		"end excluded":   func(at, start, end int64) bool { return start <= at && at < end },
		"start excluded": func(at, start, end int64) bool { return start < at && at <= end },
		"by the day due": func(at, start, end int64) bool { return start <= at-7200 && at-7200 < end },
	} {
		for _, unordered := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s unordered %t", name, unordered), func(t *testing.T) {
				t.Parallel()
				srv := newFake(t)
				srv.shuffle, srv.within = true, within
				users := userids(3)
				var want []string
				for _, u := range users {
					for _, at := range []int64{7200, span - 1, span, span + 1, 2*span - 1, 2 * span, 60*86_400 + 43_199} {
						srv.punches[u] = append(srv.punches[u], checkin.Record{UserID: u, CheckinTime: from + at, LocationTitle: "gate"})
						want = append(want, fmt.Sprintf("%s@%d", u, from+at))
					}
					// An end that is included reaches beyond the period.
					srv.punches[u] = append(srv.punches[u], checkin.Record{UserID: u, CheckinTime: from + 60*86_400 + 43_200})
				}
				twin := checkin.Record{UserID: "u001", CheckinTime: from + span, LocationTitle: "door"}
				srv.punches["u001"] = append(srv.punches["u001"], twin)
				want = append(want, fmt.Sprintf("u001@%d", twin.CheckinTime))
				f := checkin.Fetch{Client: srv.client(), Users: users, From: date("2025-01-01"), To: date("2025-03-01"), Unordered: unordered}
				all, err := collect(f.Records(t.Context()))
				must(t, err)
				slices.Sort(want) // all times have ten digits
				got := lines(all)
				if unordered {
					slices.Sort(got)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}

// A punch that is missing may come without a time, and is not one of another
// window then.
func TestFetchMissingPunch(t *testing.T) {
	t.Parallel()
	srv := newFake(t)
	due := date("2025-01-31").Midnight(china).Unix() // where the windows meet
	for _, at := range []int64{due, due + 9*3600} {
		srv.punches["a"] = append(srv.punches["a"], checkin.Record{UserID: "a", ExceptionType: checkin.NoPunch, SchCheckinTime: at})
	}
	f := checkin.Fetch{Client: srv.client(), Users: []string{"a"}, From: date("2025-01-01"), To: date("2025-02-28")}
	all, err := collect(f.Records(t.Context()))
	if err != nil || len(all) != 2 || all[0].SchCheckinTime != due {
		t.Errorf("%+v, %v", all, err)
	}
}

// What comes is in the order of Users, each of whom is asked about once.
func TestFetchOrder(t *testing.T) {
	t.Parallel()
	srv := newFake(t)
	srv.shuffle = true
	users := userids(220)
	slices.Reverse(users)
	f := checkin.Fetch{Client: srv.client(), Users: append(users, "U100", "u007"), From: date("2025-01-01"), To: date("2025-03-31")}
	srv.before = func(number int, a asked) {
		if number%3 == 1 { // the first of each three comes late
			time.Sleep(5 * time.Millisecond)
		}
	}
	all, err := collect(f.DayReports(t.Context()))
	must(t, err)
	i := 0
	for _, u := range users {
		for d := range 90 {
			want := date("2025-01-01").Midnight(china).AddDate(0, 0, d).Unix()
			if b := all[i].BaseInfo; b.AcctID != u || b.Date != want {
				t.Fatalf("element %d is %s@%d, want %s@%d", i, b.AcctID, b.Date, u, want)
			}
			i++
		}
	}
	if i != len(all) || len(srv.calls) != 9 {
		t.Errorf("%d elements in %d calls", len(all), len(srv.calls))
	}
}

// An answer that breaks off is asked for again, and what it brought is left
// out then; three times at most.
func TestFetchBrokenAnswers(t *testing.T) {
	t.Parallel()
	for _, unordered := range []bool{false, true} {
		t.Run(fmt.Sprintf("unordered %t", unordered), func(t *testing.T) {
			t.Parallel()
			srv := newFake(t)
			srv.breaks = map[int]int{1: 150, 2: 40, 3: 299, 5: 1}
			f := checkin.Fetch{Client: srv.client(), Users: userids(10), From: date("2025-01-01"), To: date("2025-03-31"), Unordered: unordered, Parallel: 1}
			all, err := collect(f.DayReports(t.Context()))
			must(t, err)
			seen := map[string]bool{}
			for _, d := range all {
				seen[fmt.Sprint(d.BaseInfo.AcctID, d.BaseInfo.Date)] = true
			}
			if len(all) != 900 || len(seen) != 900 || len(srv.calls) != 3+4 {
				t.Errorf("%d elements, %d of them different, in %d calls", len(all), len(seen), len(srv.calls))
			}
			srv.calls, srv.breaks = nil, map[int]int{1: 5, 2: 5, 3: 5, 4: 5}
			_, err = collect(f.DayReports(t.Context()))
			var broken *wecom.TransportError
			if !errors.As(err, &broken) || len(srv.calls) != 1+3 {
				t.Errorf("after %d calls: %v", len(srv.calls), err)
			}
			if !strings.Contains(err.Error(), `2025-01-01 to 2025-01-31, 10 members from "u000" on: `) {
				t.Errorf("it does not say what of: %v", err)
			}
		})
	}
}

// No more calls are under way than Parallel says, and so many are.
func TestFetchParallel(t *testing.T) {
	t.Parallel()
	for _, unordered := range []bool{false, true} {
		for want, parallel := range map[int]int{1: 1, 3: 3, 4: 0} {
			srv := newFake(t)
			together := make(chan struct{})
			srv.before = func(number int, _ asked) {
				if number == want {
					close(together)
				}
				<-together
			}
			f := checkin.Fetch{Client: srv.client(), Users: userids(500), From: date("2025-01-01"), To: date("2025-06-30"), Unordered: unordered, Parallel: parallel}
			if _, err := collect(f.Records(t.Context())); err != nil || srv.most != want {
				t.Errorf("unordered %t, Parallel %d: %d calls at once, %v", unordered, parallel, srv.most, err)
			}
		}
	}
}

// In order, a refusal comes after all that lies before it, and nothing is
// called any more.
func TestFetchRefused(t *testing.T) {
	t.Parallel()
	srv := newFake(t)
	srv.refuse[3] = wecom.CodeForbiddenAPI
	f := checkin.Fetch{Client: srv.client(), Users: userids(1000), From: date("2025-01-01"), To: date("2025-01-01"), Parallel: 1}
	all, err := collect(f.DayReports(t.Context()))
	if len(all) != 200 || !errors.Is(err, wecom.CodeForbiddenAPI) || len(srv.calls) > 4 {
		t.Errorf("%d elements, %d calls, %v", len(all), len(srv.calls), err)
	}
	srv.calls = nil
	f.Unordered = true
	all, err = collect(f.DayReports(t.Context()))
	if len(all) != 200 || !errors.Is(err, wecom.CodeForbiddenAPI) || len(srv.calls) > 4 {
		t.Errorf("unordered: %d elements, %d calls, %v", len(all), len(srv.calls), err)
	}
}

// The second refusal is nearer to the beginning than the first.
func TestFetchFirstErrorInOrder(t *testing.T) {
	t.Parallel()
	srv := newFake(t)
	late := make(chan struct{})
	srv.before = func(_ int, a asked) {
		switch a.users[0] {
		case "u000":
			<-late
		case "u100":
			close(late)
		}
	}
	srv.unknown["u000"], srv.unknown["u100"] = true, true
	f := checkin.Fetch{Client: srv.client(), Users: userids(300), From: date("2025-01-01"), To: date("2025-01-01"), Parallel: 2}
	all, err := collect(f.DayReports(t.Context()))
	if len(all) != 0 || err == nil || !strings.Contains(err.Error(), `"u000"`) || !errors.Is(err, wecom.CodeCheckinUser) {
		t.Errorf("%d elements, %v", len(all), err)
	}
}

// When the loop is left nothing goes on: no goroutine, no call. It runs alone,
// for it looks at all goroutines.
func TestFetchLeft(t *testing.T) {
	for _, unordered := range []bool{false, true} {
		for _, after := range []int{1, 150, 3100} {
			if testing.Short() && after == 150 {
				continue
			}
			srv := newFake(t)
			f := checkin.Fetch{Client: srv.client(), Users: userids(300), From: date("2025-01-01"), To: date("2025-03-31"), Unordered: unordered}
			n := 0
			for _, err := range f.DayReports(t.Context()) {
				must(t, err)
				if n++; n == after {
					break
				}
			}
			stacks := make([]byte, 1<<20)
			if text := string(stacks[:runtime.Stack(stacks, true)]); strings.Contains(text, "checkin.(*run") {
				t.Errorf("unordered %t, after %d: %s", unordered, after, text)
			}
		}
	}
}

func TestFetchCancelled(t *testing.T) {
	t.Parallel()
	for _, unordered := range []bool{false, true} {
		srv := newFake(t)
		ctx, cancel := context.WithCancel(t.Context())
		srv.before = func(number int, _ asked) {
			if number == 5 {
				cancel()
			}
		}
		f := checkin.Fetch{Client: srv.client(), Users: userids(300), From: date("2025-01-01"), To: date("2025-03-31"), Unordered: unordered, Parallel: 2}
		_, err := collect(f.DayReports(ctx))
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		if _, err = collect(f.DayReports(ctx)); !errors.Is(err, context.Canceled) {
			t.Errorf("from the beginning: %v", err)
		}
	}
}

func TestFetchMakesNoSense(t *testing.T) {
	t.Parallel()
	good := checkin.Fetch{Client: newFake(t).client(), From: date("2025-01-02"), To: date("2025-01-02")}
	for want, change := range map[string]func(*checkin.Fetch){
		"no Client":                         func(f *checkin.Fetch) { f.Client = nil },
		"no day From, 0000-00-00":           func(f *checkin.Fetch) { f.From = checkin.Date{} },
		"no day To, 2025-02-30":             func(f *checkin.Fetch) { f.To = checkin.Date{Year: 2025, Month: 2, Day: 30} },
		"2025-01-01, is before From, 2025-": func(f *checkin.Fetch) { f.To = date("2025-01-01") },
		"-1 calls are too few":              func(f *checkin.Fetch) { f.Parallel = -1 },
	} {
		f := good
		change(&f)
		if _, err := collect(f.Records(t.Context())); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	f := good
	f.Progress = func(done, total int) {
		if done != 0 || total != 0 {
			t.Errorf("progress %d of %d without members", done, total)
		}
	}
	if all, err := collect(f.Records(t.Context())); err != nil || len(all) != 0 {
		t.Errorf("without members: %v, %v", all, err)
	}
}

// Members who are not in the contacts are found, told once and left out.
func TestFetchUnknownMembers(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		unknown []string
		calls   int // of one window: 1 for all, then 2 for each halving that is refused
	}{
		{"none", nil, 3 * 3},
		// 100 > 50 > 25 > 12 > 6 > 3 > 1 by the first halves: 6 halvings, and 1 call
		// for each of the two other windows; the two other hundreds as ever.
		{"the first", []string{"u000"}, 1 + 6*2 + 2 + 2*3},
		{"a whole hundred and one", append(userids(100), "u250"), -1},
	} {
		for _, unordered := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s unordered %t", tt.name, unordered), func(t *testing.T) {
				t.Parallel()
				srv := newFake(t)
				for _, u := range tt.unknown {
					srv.unknown[u] = true
				}
				var told []string
				f := checkin.Fetch{
					Client: srv.client(), Users: userids(300), From: date("2025-01-01"), To: date("2025-03-31"), Unordered: unordered, Parallel: 1,
					OnUnknown: func(u string) { told = append(told, u) },
				}
				all, err := collect(f.MonthReports(t.Context()))
				must(t, err)
				if diff := cmp.Diff(sorted(tt.unknown), sorted(told)); diff != "" {
					t.Error(diff)
				}
				if want := 3 * (300 - len(tt.unknown)); len(all) != want || tt.calls >= 0 && len(srv.calls) != tt.calls {
					t.Errorf("%d elements in %d calls, want %d in %d", len(all), len(srv.calls), want, tt.calls)
				}
				srv.calls, told = nil, nil
				f.Parallel = 8
				all, err = collect(f.MonthReports(t.Context()))
				if err != nil || len(all) != 3*(300-len(tt.unknown)) || !reflect.DeepEqual(sorted(told), sorted(tt.unknown)) {
					t.Errorf("eight at once: %d elements, unknown %v, %v", len(all), told, err)
				}
			})
		}
	}
}

// "" is an unknown member like any other.
func TestFetchNobody(t *testing.T) {
	t.Parallel()
	w := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var req checkin.DayDataRequest
		if err := json.NewDecoder(r.Body).Decode(&req); err != nil {
			t.Error(err)
		}
		if slices.Contains(req.UserIDList, "") {
			fmt.Fprint(w, `{"errcode":301021,"errmsg":"no"}`)
			return
		}
		fmt.Fprintf(w, `{"errcode":0,"errmsg":"ok","datas":[{"base_info":{"acctid":"a","date":%d}}]}`, req.StartTime)
	}), wecom.WithLimiter(nil))
	for _, unordered := range []bool{false, true} {
		var told []string
		f := checkin.Fetch{
			Client: checkin.NewClient(w), Users: []string{"a", ""}, From: date("2025-01-01"), To: date("2025-01-01"), Unordered: unordered,
			OnUnknown: func(u string) { told = append(told, u) },
		}
		all, err := collect(f.DayReports(t.Context()))
		must(t, err)
		if len(all) != 1 || all[0].BaseInfo.AcctID != "a" || !slices.Equal(told, []string{""}) {
			t.Errorf("unordered %t: got %v, unknown %q", unordered, all, told)
		}
	}
}
