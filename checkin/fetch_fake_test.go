package checkin_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"math/rand/v2"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/wecom"
)

// asked is a call that a fake got.
type asked struct {
	call       string // last part of the path
	start, end int64
	users      []string
}

// fake answers the calls of a Fetch, and keeps to their limits.
type fake struct {
	t    *testing.T
	zone *time.Location

	punches map[string][]checkin.Record // by userid; of getcheckindata and the devices
	within  func(at, start, end int64) bool
	unknown map[string]bool
	shuffle bool
	// breaks cut the answers to calls off, by their number from 1 on, after so
	// many elements.
	breaks map[int]int
	refuse map[int]wecom.Code
	before func(number int, a asked) // called before each answer

	mu    sync.Mutex
	calls []asked
	open  int
	most  int // calls at once
}

func newFake(t *testing.T) *fake {
	return &fake{
		t: t, zone: china, punches: map[string][]checkin.Record{}, unknown: map[string]bool{}, breaks: map[int]int{}, refuse: map[int]wecom.Code{},
		within: func(at, start, end int64) bool { return start <= at && at <= end },
		before: func(int, asked) {},
	}
}

var china = time.FixedZone("", 8*3600)

// client returns a client that is not slowed down and makes no call again.
func (f *fake) client() *checkin.Client {
	f.t.Helper()
	return checkin.NewClient(serve(f.t, f, wecom.WithLimiter(nil), wecom.WithRetry(wecom.Retry{Sends: 1})))
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a, err := readAsked(r)
	if err != nil {
		f.t.Errorf("%s: %v", r.URL.Path, err)
		w.WriteHeader(http.StatusTeapot)
		return
	}
	f.mu.Lock()
	f.calls = append(f.calls, a)
	number := len(f.calls)
	f.open++
	f.most = max(f.most, f.open)
	f.mu.Unlock()
	defer func() {
		f.mu.Lock()
		f.open--
		f.mu.Unlock()
	}()
	f.before(number, a)
	code, elements := f.answer(a)
	if c := f.refuse[number]; c != 0 {
		code = c
	}
	if code != 0 {
		fmt.Fprintf(w, `{"errcode":%d,"errmsg":"no","%s":[]}`, code, arrayOf[a.call])
		return
	}
	text := fmt.Appendf(nil, `{"errcode":0,"errmsg":"ok","%s":[%s`, arrayOf[a.call], bytes.Join(elements, []byte(",")))
	if n, ok := f.breaks[number]; ok && n < len(elements) {
		text = fmt.Appendf(nil, `{"errcode":0,"errmsg":"ok","%s":[%s,{"userid":`, arrayOf[a.call], bytes.Join(elements[:n], []byte(",")))
		w.Write(text)
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	}
	w.Write(append(text, "]}"...))
}

var arrayOf = map[string]string{
	"getcheckindata": "checkindata", "get_hardware_checkin_data": "checkindata",
	"getcheckin_daydata": "datas", "getcheckin_monthdata": "datas",
	"getcheckinoption": "info", "getcheckinschedulist": "schedule_list",
}

// readAsked reads a request, which must be one that WeCom takes.
func readAsked(r *http.Request) (a asked, err error) {
	a.call = path.Base(r.URL.Path)
	read := func(req interface{ Validate() error }) {
		if err = json.NewDecoder(r.Body).Decode(req); err == nil {
			err = req.Validate()
		}
	}
	switch a.call {
	case "getcheckindata":
		var q checkin.RecordsRequest
		read(&q)
		a.start, a.end, a.users = q.StartTime, q.EndTime, q.UserIDList
	case "get_hardware_checkin_data":
		var q checkin.HardwareRequest
		read(&q)
		a.start, a.end, a.users = q.StartTime, q.EndTime, q.UserIDList
	case "getcheckin_daydata":
		var q checkin.DayDataRequest
		read(&q)
		a.start, a.end, a.users = q.StartTime, q.EndTime, q.UserIDList
	case "getcheckin_monthdata":
		var q checkin.MonthDataRequest
		read(&q)
		a.start, a.end, a.users = q.StartTime, q.EndTime, q.UserIDList
	case "getcheckinschedulist":
		var q checkin.ScheduleListRequest
		read(&q)
		a.start, a.end, a.users = q.StartTime, q.EndTime, q.UserIDList
	case "getcheckinoption":
		var q checkin.OptionsRequest
		read(&q)
		a.start, a.end, a.users = q.DateTime, q.DateTime, q.UserIDList
	default:
		err = fmt.Errorf("no such call")
	}
	return a, err
}

// answer is what a call comes to.
func (f *fake) answer(a asked) (wecom.Code, [][]byte) {
	var list [][]byte
	add := func(v any) {
		text, short := v.(json.RawMessage)
		if !short {
			var err error
			if text, err = json.Marshal(v); err != nil {
				f.t.Error(err)
			}
		}
		list = append(list, text)
	}
	for _, u := range a.users {
		if f.unknown[u] {
			return wecom.CodeCheckinUser, nil
		}
		f.about(u, a, add)
	}
	if f.shuffle {
		rand.New(rand.NewPCG(1, uint64(a.start))).Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	}
	return 0, list
}

// about adds what a call says about a member. Of what may be tens of thousands
// it leaves out what no test looks at.
func (f *fake) about(u string, a asked, add func(any)) {
	switch a.call {
	case "getcheckindata":
		for _, p := range f.punches[u] {
			if f.within(p.CheckinTime, a.start, a.end) || p.CheckinTime == 0 && f.within(p.SchCheckinTime, a.start, a.end) {
				add(p)
			}
		}
	case "get_hardware_checkin_data":
		for _, p := range f.punches[u] {
			if f.within(p.CheckinTime, a.start, a.end) {
				add(checkin.HardwareRecord{UserID: u, CheckinTime: p.CheckinTime, DeviceSN: p.DeviceID})
			}
		}
	case "getcheckin_daydata":
		for _, day := range f.days(a) {
			add(json.RawMessage(fmt.Sprintf(`{"base_info":{"acctid":%q,"date":%d}}`, u, day)))
		}
	case "getcheckin_monthdata":
		add(checkin.MonthData{
			BaseInfo: checkin.MonthBaseInfo{AcctID: u}, SummaryInfo: checkin.MonthSummaryInfo{WorkDays: int64(len(f.days(a)))},
		})
	case "getcheckinoption":
		add(json.RawMessage(fmt.Sprintf(`{"userid":%q}`, u)))
	case "getcheckinschedulist":
		t := time.Unix(a.start, 0).In(f.zone)
		add(checkin.MemberSchedule{UserID: u, YearMonth: int64(t.Year()*100 + int(t.Month())), GroupID: 1})
	}
}

// days are the seconds at which the days of a call begin.
func (f *fake) days(a asked) (list []int64) {
	first := time.Unix(a.start, 0).In(f.zone)
	for i := 0; ; i++ {
		// Noon is there on every day.
		noon := time.Date(first.Year(), first.Month(), first.Day()+i, 12, 0, 0, 0, f.zone)
		begins := checkin.DateOf(noon).Midnight(f.zone).Unix()
		if begins > a.end {
			return list
		}
		list = append(list, begins)
	}
}

// serve starts a server and returns a client of it.
func serve(t testing.TB, h http.Handler, opts ...wecom.Option) *wecom.Client {
	t.Helper()
	srv := newServer(t, h)
	w, err := wecom.New(wecom.CorpApp("ww1", wecom.NewSecret("s")), append([]wecom.Option{wecom.WithBaseURL(srv.URL)}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// userids returns names u000, u001 and so on.
func userids(n int) (list []string) {
	for i := range n {
		list = append(list, fmt.Sprintf("u%03d", i))
	}
	return list
}

func date(text string) checkin.Date {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return checkin.DateOf(t)
}

// collect takes all that an iterator yields before its error.
func collect[T any](list iter.Seq2[T, error]) (all []T, err error) {
	for v, err := range list {
		if err != nil {
			return all, err
		}
		all = append(all, v)
	}
	return all, nil
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// lines writes punches as user@second, for a comparison that can be read.
func lines(list []checkin.Record) (all []string) {
	for _, r := range list {
		all = append(all, fmt.Sprintf("%s@%d", r.UserID, r.CheckinTime))
	}
	return all
}

func sorted(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return list
}

// tokenPath reports whether a request is for a token, and answers it.
func tokenPath(w http.ResponseWriter, r *http.Request) bool {
	if !strings.HasSuffix(r.URL.Path, wecom.TokenPath) {
		return false
	}
	fmt.Fprint(w, `{"access_token":"t","expires_in":7200}`)
	return true
}
