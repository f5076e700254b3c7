package qyapi_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/qyapi"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/wecom"
)

// fuzzedPaths are all calls that read a body.
func fuzzedPaths() (paths []string) {
	for _, op := range checkin.Operations {
		paths = append(paths, op.Paths...)
	}
	for _, name := range []string{
		"user/list_id", "user/create", "user/update", "department/create", "department/update", "media/upload",
		"agent/get_permissions", "oa/getapprovalinfo", "oa/getapprovaldetail", "service/get_suite_token", "service/get_provider_token",
		"service/get_pre_auth_code", "service/set_session_info", "service/v2/get_permanent_code", "service/get_permanent_code", "service/get_corp_token",
	} {
		paths = append(paths, "/cgi-bin/"+name)
	}
	return paths
}

// fuzzSeeds are bodies by the last parts of their paths; every call gets {} too.
func fuzzSeeds() map[string][]string {
	window := fmt.Sprintf(`{"opencheckindatatype":3,"starttime":%d,"endtime":%d,"useridlist":["alice","bob"]}`, stamp(5, 0, 0), stamp(6, 0, 0))
	return map[string][]string{
		"getcheckindata":                   {window, strings.ReplaceAll(window, ":3", `:"3"`)},
		"getcheckinoption":                 {fmt.Sprintf(`{"datetime":%d,"useridlist":["alice"]}`, stamp(5, 0, 0))},
		"getcheckin_daydata":               {window},
		"getcheckin_monthdata":             {window},
		"addcheckinuserface":               {face("alice", pngOf(2, 2, 1)), face("alice", pngClaiming(1<<31-1, 1<<31-1))},
		"getcheckinschedulist":             {window},
		"setcheckinschedulist":             {`{"groupid":2,"yearmonth":202601,"items":[{"userid":"carol","day":6,"schedule_id":1}]}`, fmt.Sprintf(`{"group_id":2,"items":[{"userid":"carol","day":%d,"schedule_id":1}]}`, stamp(7, 0, 0))},
		"get_hardware_checkin_data":        {window},
		"punch_correction":                 {fmt.Sprintf(`{"userid":"alice","schedule_date_time":%d,"schedule_checkin_time":32400,"checkin_time":%d}`, stamp(5, 0, 0), stamp(5, 7, 0)), fmt.Sprintf(`{"userid":"alice","day":%d,"offset":32400}`, stamp(5, 0, 0))},
		"add_checkin_option":               {`{"effective_now":true,"group":` + officeRule + `}`, `{"group":` + shiftRule + `}`},
		"update_checkin_option":            {`{"group":{"groupid":1,"groupname":"x","range":[{"userid":["bob"]}]}}`},
		"clear_checkin_option_array_field": {`{"groupid":1,"clear_field":[1,2]}`},
		"del_checkin_option":               {`{"groupid":99}`},
		"add_checkin_record":               {punches("alice", stamp(5, 7, 0), stamp(5, 7, 1))},
		"create":                           {`{"userid":"dan","name":"丹","department":[2]}`, `{"name":"x","parentid":1}`},
		"update":                           {`{"userid":"alice","alias":""}`, `{"id":2,"parentid":3}`},
		"list_id":                          {`{"cursor":"","limit":10}`},
		"getapprovalinfo":                  {`{"starttime":"1767571200","endtime":"1767657600","size":2,"filters":[{"key":"record_type","value":"1"}]}`},
		"getapprovaldetail":                {`{"sp_no":"20260105-2-bob"}`},
		"get_suite_token":                  {`{"suite_id":"ww9","suite_secret":"x","suite_ticket":"y"}`},
		"get_provider_token":               {`{"corpid":"ww1","provider_secret":"x"}`},
	}
}

// FuzzEndpoints sends any body to any call: no panic, the status is 200, and
// what comes is an envelope. What a body stores is undone by nothing, so later
// bodies meet what earlier ones left.
func FuzzEndpoints(f *testing.F) {
	paths := fuzzedPaths()
	seeds := fuzzSeeds()
	for i, path := range paths {
		f.Add(uint8(i), []byte(`{}`))
		f.Add(uint8(i), []byte(`[`))
		for _, seed := range seeds[path[strings.LastIndexByte(path, '/')+1:]] {
			f.Add(uint8(i), []byte(seed))
		}
	}
	db, err := store.Open(f.Context(), "sqlite:"+f.TempDir()+"/fuzz.db", store.Options{Relaxed: true})
	must(f, err)
	f.Cleanup(func() { must(f, db.Close()) })
	must(f, db.Migrate(f.Context()))
	fix := newFixture(f, db, false)
	fix.addRule(officeRule)
	fix.addRule(shiftRule)
	handler := qyapi.New(fix.app, qyapi.Options{Limits: qyapi.LimitsOff})
	checkinToken, contactToken := fix.token(app.CheckinApp), fix.token(app.ContactApp)
	f.Fuzz(func(t *testing.T, which uint8, body []byte) {
		path, token := paths[int(which)%len(paths)], checkinToken
		if strings.HasPrefix(path, "/cgi-bin/user/") || strings.HasPrefix(path, "/cgi-bin/department/") {
			token = contactToken
		}
		query := url.Values{"access_token": {token}, "suite_access_token": {token}, "type": {"file"}}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path+"?"+query.Encode(), io.NopCloser(bytes.NewReader(body)))
		if path == uploadPath {
			r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		var e struct {
			Code *wecom.Code `json:"errcode"`
			Msg  *string     `json:"errmsg"`
		}
		if err := json.Unmarshal(w.Body.Bytes(), &e); w.Code != http.StatusOK || err != nil || e.Code == nil || e.Msg == nil {
			t.Fatalf("%s: status %d, %v: %s", path, w.Code, err, w.Body)
		}
		if *e.Code == wecom.CodeBusy {
			t.Errorf("%s: the body is blamed on the server: %s", path, w.Body)
		}
	})
}
