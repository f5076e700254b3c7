package qyapi_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/wecom"
)

// users returns n userids as JSON.
func users(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf(`"u%d"`, i)
	}
	return "[" + strings.Join(list, ",") + "]"
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	const month = 30 * 86400
	window := func(start, end int64, users string) string {
		return fmt.Sprintf(`{"opencheckindatatype":3,"starttime":%d,"endtime":%d,"useridlist":%s}`, start, end, users)
	}
	from := stamp(5, 0, 0)
	type line struct {
		name, path, body string
		want             wecom.Code
		text             string // part of the errmsg
	}
	tests := []line{
		{"unknown user K2", "/cgi-bin/checkin/getcheckinoption", fmt.Sprintf(`{"datetime":%d,"useridlist":["alice","zed"]}`, from), 301021, "zed"},
		{"unknown user K6", "/cgi-bin/checkin/getcheckinschedulist", window(from, from, `["zed"]`), 301021, "zed"},
		{"unknown user K10", "/cgi-bin/checkin/punch_correction", fmt.Sprintf(`{"userid":"zed","schedule_date_time":%d,"checkin_time":%d}`, from, from), 301021, "zed"},
		{"unknown user K12", addRecord, punches("zed", stamp(5, 7, 0)), 301021, "zed"},
		{"101 users K2", "/cgi-bin/checkin/getcheckinoption", fmt.Sprintf(`{"datetime":%d,"useridlist":%s}`, from, users(101)), 301023, "101"},
		{"101 users K6", "/cgi-bin/checkin/getcheckinschedulist", window(from, from, users(101)), 301023, "101"},
		{"101 users K9", "/cgi-bin/hardware/get_hardware_checkin_data", window(from, from+1, users(101)), 301023, "101"},
		{"a second too long K6", "/cgi-bin/checkin/getcheckinschedulist", window(from, from+month+86400+1, `["alice"]`), 301024, ""},
		{"a second too long K9", "/cgi-bin/hardware/get_hardware_checkin_data", window(from, from+month+86400+1, `["alice"]`), 301024, ""},
		{"unknown kind of punch", getData, strings.Replace(window(from, from+1, `["alice"]`), ":3", ":4", 1), 40058, "opencheckindatatype"},
		{"milliseconds K2", "/cgi-bin/checkin/getcheckinoption", fmt.Sprintf(`{"datetime":%d000,"useridlist":["alice"]}`, from), 40058, "datetime"},
		{"milliseconds K10", "/cgi-bin/checkin/punch_correction", fmt.Sprintf(`{"userid":"alice","schedule_date_time":%d000,"checkin_time":%d}`, from, from), 301083, "schedule_date_time"},
		{"milliseconds K12", addRecord, punches("alice", from*1000), 40058, "records[0].checkin_time"},
		{"201 records", addRecord, `{"records":[{}` + strings.Repeat(",{}", 200) + `]}`, 40058, "got 201"},
		{"no records", addRecord, `{"records":[]}`, 40058, "got 0"},
		{"empty window K1", getData, window(from, from, `["alice"]`), 301024, ""},
		{"no rule to schedule", "/cgi-bin/checkin/setcheckinschedulist", `{"yearmonth":202601,"items":[{"userid":"alice","day":6,"schedule_id":1}]}`, 301089, ""},
		{"no such rule", "/cgi-bin/checkin/setcheckinschedulist", `{"groupid":99,"yearmonth":202601,"items":[{"userid":"alice","day":6,"schedule_id":1}]}`, 301089, ""},
		{"30 February", "/cgi-bin/checkin/setcheckinschedulist", `{"groupid":1,"yearmonth":202602,"items":[{"userid":"alice","day":30,"schedule_id":1}]}`, 40058, "items[0].day"},
		{"no rule to add", "/cgi-bin/checkin/add_checkin_option", `{"effective_now":true}`, 40058, "body.group"},
		{"a rule that is none", "/cgi-bin/checkin/add_checkin_option", `{"group":{"groupname":"x","grouptype":9}}`, 301093, "invalid group type"},
		{"deleting none", "/cgi-bin/checkin/del_checkin_option", `{}`, 301089, ""},
		{"updating a rule", "/cgi-bin/checkin/update_checkin_option", `{"group":{"groupid":1}}`, 301089, "no such check-in rule"},
		{"clearing a rule", "/cgi-bin/checkin/clear_checkin_option_array_field", `{"groupid":1,"clear_field":[1]}`, 301089, "no such check-in rule"},
		{"clearing no array", "/cgi-bin/checkin/clear_checkin_option_array_field", `{"groupid":1,"clear_field":[]}`, 301093, ""},
	}
	for _, path := range []string{getData, dayData, monthData} {
		tests = append(tests,
			line{"unknown user", path, window(from, from+1, `["alice","zed"]`), 301021, "zed"},
			line{"101 users", path, window(from, from+1, users(101)), 301023, "101"},
			line{"no user", path, window(from, from+1, `[]`), 301023, ""},
			line{"a second too long", path, window(from, from+month+1, `["alice"]`), 301024, ""},
			line{"backwards", path, window(from, from-1, `["alice"]`), 301024, ""},
			line{"milliseconds", path, window(from*1000, from*1000+1000, `["alice"]`), 301024, ""},
			line{"cut off", path, `{"starttime":1`, 40058, "wrong json format"},
			line{"no JSON", path, `starttime=1&endtime=2`, 40058, "wrong json format"},
			line{"a type", path, `{"starttime":{}}`, 40058, "body.starttime"},
			line{"nothing", path, ``, 40058, "empty"},
			line{"deep", path, strings.Repeat(`{"a":`, 20000), 40058, "wrong json format"},
		)
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		for _, tt := range tests {
			code, errmsg, _ := f.raw(tt.path, tt.body)
			if code != tt.want || !strings.Contains(errmsg, tt.text) {
				t.Errorf("%s %s: got %d %s, want %d with %q", tt.path, tt.name, code, errmsg, tt.want, tt.text)
			}
		}
		records, err := f.app.DeviceRecords(t.Context(), f.corp, []attendance.UserID{"alice"}, 0, 1<<40, false)
		rules, err2 := f.app.CorpRules(t.Context(), f.corp)
		if len(records) != 0 || len(rules) != 0 || err != nil || err2 != nil {
			t.Errorf("stored %d punches and %d rules, %v, %v", len(records), len(rules), err, err2)
		}
	})
}

// A GET on a POST call: the body is not read, and parameter errors follow.
func TestGetOnPost(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		query := url.Values{"access_token": {f.token(app.CheckinApp)}}
		body := fmt.Sprintf(`{"starttime":%d,"endtime":%d,"useridlist":["alice"]}`, stamp(5, 0, 0), stamp(5, 0, 0))
		if _, text := f.do(http.MethodGet, dayData, query, strings.NewReader(body)); !strings.Contains(string(text), `"errcode":301023`) {
			t.Errorf("got %s", text)
		}
	})
}

// Strictness refuses what leniency notes.
func TestStrict(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		body := fmt.Sprintf(`{"starttime":"%d","endtime":%d,"useridlist":["alice"]}`, stamp(5, 0, 0), stamp(5, 0, 0))
		f := newFixture(t, db, true)
		if code, errmsg, _ := f.raw(dayData, body); code != 40058 || !strings.Contains(errmsg, "body.starttime: a number in quotes") {
			t.Errorf("strict: %d %s", code, errmsg)
		}
		if o := f.seen.Load(); len(o.Liberties) != 1 || o.Liberties[0].Pointer != "/starttime" || o.Corp != "ww1" {
			t.Errorf("observed %+v", o)
		}
	})
}

// endless is a body that never ends, and counts what is read of it.
type endless struct{ n int64 }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	e.n += int64(len(p))
	return len(p), nil
}

// A gigabyte is refused at once, whether its length is told or not, and the
// connection is closed.
func TestHugeBody(t *testing.T) {
	t.Parallel()
	const gigabyte = 1 << 30
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		for _, header := range []string{fmt.Sprintf("Content-Length: %d", gigabyte), "Transfer-Encoding: chunked"} {
			conn, err := net.Dial("tcp", strings.TrimPrefix(f.url, "http://"))
			must(t, err)
			defer conn.Close()
			must(t, conn.SetDeadline(time.Now().Add(20*time.Second)))
			fmt.Fprintf(conn, "POST %s?access_token=%s HTTP/1.1\r\nHost: daka\r\n%s\r\n\r\n", getData, f.token(app.CheckinApp), header)
			body := &endless{}
			done := make(chan struct{})
			go func() {
				defer close(done)
				if strings.HasPrefix(header, "Transfer") {
					fmt.Fprintf(conn, "%x\r\n", gigabyte)
				}
				_, _ = io.Copy(conn, io.LimitReader(body, gigabyte))
			}()
			resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
			must(t, err)
			text, err := io.ReadAll(resp.Body)
			must(t, err)
			conn.Close()
			<-done
			if code, errmsg, _ := opened(t, text); code != wecom.CodeInvalidParameter || !strings.Contains(errmsg, "exceed max length 2097152") || !resp.Close {
				t.Errorf("%s: %d %s, closing %v", header, code, errmsg, resp.Close)
			}
			if body.n > 64<<20 {
				t.Errorf("%s: %d bytes were sent before the refusal", header, body.n)
			}
		}
	})
}

// The face's limit is twice the others': 3 MiB of spaces are read there.
func TestLimitsOfBodies(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		const face = "/cgi-bin/checkin/addcheckinuserface"
		for _, tt := range []struct {
			path string
			size int
			text string
		}{
			{getData, 2 << 20, "body is empty"},
			{getData, 2<<20 + 1, "exceed max length 2097152"},
			{face, 4 << 20, "body is empty"},
			{face, 4<<20 + 1, "exceed max length 4194304"},
		} {
			if code, errmsg, _ := f.raw(tt.path, strings.Repeat(" ", tt.size)); code != 40058 || !strings.Contains(errmsg, tt.text) {
				t.Errorf("%s with %d bytes: %d %s", tt.path, tt.size, code, errmsg)
			}
		}
	})
}

// A body that ends before its announced length is refused, not decoded.
func TestBodyThatBreaksOff(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		conn, err := net.Dial("tcp", strings.TrimPrefix(f.url, "http://"))
		must(t, err)
		defer conn.Close()
		must(t, conn.SetDeadline(time.Now().Add(20*time.Second)))
		fmt.Fprintf(conn, "POST /cgi-bin/checkin/getcorpcheckinoption?access_token=%s HTTP/1.1\r\nHost: daka\r\nContent-Length: 9\r\n\r\n{}", f.token(app.CheckinApp))
		must(t, conn.(*net.TCPConn).CloseWrite())
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		must(t, err)
		defer resp.Body.Close()
		text, err := io.ReadAll(resp.Body)
		must(t, err)
		if code, errmsg, _ := opened(t, text); code != wecom.CodeInvalidParameter || !strings.Contains(errmsg, "broke off after 2 bytes") {
			t.Errorf("%d %s", code, errmsg)
		}
	})
}
