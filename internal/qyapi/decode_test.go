package qyapi

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/wecom"
)

// The forms of section 14.2 of the protocol, and who sends them.
func TestDecodeLiberties(t *testing.T) {
	t.Parallel()
	records := checkin.RecordsRequest{OpenCheckinDataType: 3, StartTime: 1, EndTime: 2, UserIDList: []string{"a"}}
	rule := func(change func(*checkin.RuleWrite)) checkin.AddOptionRequest {
		var r checkin.AddOptionRequest
		change(&r.Group)
		return r
	}
	zero := int64(0)
	var one int64 = 1
	most := ^uint64(0)
	tests := []struct {
		name string
		body string
		into any // a pointer to an empty request
		want any // what it becomes
		at   []Liberty
	}{
		{"as documented", `{"opencheckindatatype":3,"starttime":1,"endtime":2,"useridlist":["a"]}`, &checkin.RecordsRequest{}, &records, nil},
		{"numbers in quotes", `{"opencheckindatatype":"3","starttime":"1","endtime":"2","useridlist":["a"]}`, &checkin.RecordsRequest{}, &records,
			[]Liberty{{"/opencheckindatatype", "a number in quotes"}, {"/starttime", "a number in quotes"}, {"/endtime", "a number in quotes"}}},
		{"unknown members", `{"opencheckindatatype":3,"starttime":1,"endtime":2,"useridlist":["a"],"x":{"y":[null]},"errcode":0}`, &checkin.RecordsRequest{}, &records,
			[]Liberty{{"/x", "an unknown member"}, {"/errcode", "an unknown member"}}},
		{"a member twice", `{"opencheckindatatype":3,"starttime":9,"endtime":2,"useridlist":["b","c"],"starttime":1,"useridlist":["a"]}`, &checkin.RecordsRequest{}, &records,
			[]Liberty{{"/starttime", "a member that comes twice"}, {"/useridlist", "a member that comes twice"}}},
		{"a userid as a number", `{"opencheckindatatype":3,"starttime":1,"endtime":2,"useridlist":[7]}`, &checkin.RecordsRequest{},
			&checkin.RecordsRequest{OpenCheckinDataType: 3, StartTime: 1, EndTime: 2, UserIDList: []string{"7"}},
			[]Liberty{{"/useridlist/0", "a string as a number"}}},
		{"nulls", `{"userid":"a","schedule_date_time":5,"schedule_checkin_time":null,"checkin_time":6,"remark":null}`, &checkin.CorrectionRequest{},
			&checkin.CorrectionRequest{UserID: "a", ScheduleDateTime: 5, CheckinTime: 6},
			[]Liberty{{"/schedule_checkin_time", "null"}, {"/remark", "null"}}},
		{"null for all", `null`, &checkin.DeleteOptionRequest{}, &checkin.DeleteOptionRequest{}, []Liberty{{"", "null"}}},
		{"yearmonth in quotes", `{"groupid":1,"yearmonth":"202012","items":[{"userid":"a","day":"5","schedule_id":"0"}]}`, &checkin.SetScheduleRequest{},
			&checkin.SetScheduleRequest{GroupID: 1, YearMonth: 202012, Items: []checkin.ScheduleItem{{UserID: "a", Day: 5}}},
			[]Liberty{{"/yearmonth", "a number in quotes"}, {"/items/0/day", "a number in quotes"}, {"/items/0/schedule_id", "a number in quotes"}}},
		{"0 and 1 for booleans", `{"groupid":1,"effective_now":1}`, &checkin.DeleteOptionRequest{},
			&checkin.DeleteOptionRequest{GroupID: 1, EffectiveNow: true}, []Liberty{{"/effective_now", "a boolean as another value"}}},
		{"booleans for 0 and 1", `{"group":{"option_out_range":true,"allow_apply_bk_cnt":false}}`, &checkin.AddOptionRequest{},
			new(rule(func(r *checkin.RuleWrite) { r.OptionOutRange, r.AllowApplyBkCnt = &one, &zero })),
			[]Liberty{{"/group/option_out_range", "a boolean as a number"}, {"/group/allow_apply_bk_cnt", "a boolean as a number"}}},
		{"a mask of 64 bits", `{"group":{"buka_restriction":18446744073709551615}}`, &checkin.AddOptionRequest{},
			new(rule(func(r *checkin.RuleWrite) { r.BukaRestriction = &most })), nil},
		{"a late rule's 1", `{"group":{"checkindate":[{"late_rule":{"allow_offwork_after_time":1}}]}}`, &checkin.AddOptionRequest{},
			new(rule(func(r *checkin.RuleWrite) {
				r.CheckinDate = []checkin.WorkdayWrite{{LateRule: &checkin.LateRule{AllowOffworkAfterTime: true}}}
			})), []Liberty{{"/group/checkindate/0/late_rule/allow_offwork_after_time", "a boolean as another value"}}},
		{"a range", `{"group":{"range":{"party_id":["2"],"userid":["a"],"tagid":[3]}}}`, &checkin.AddOptionRequest{},
			new(rule(func(r *checkin.RuleWrite) {
				r.Range = &checkin.Range{PartyID: []string{"2"}, UserID: []string{"a"}, TagID: []int64{3}}
			})), nil},
		{"ranges in an array", `{"group":{"range":[{"party_id":[2],"userid":null},{"partyid":["4"],"tagid":["3"]}]}}`, &checkin.AddOptionRequest{},
			new(rule(func(r *checkin.RuleWrite) {
				r.Range = &checkin.Range{PartyID: []string{"2", "4"}, TagID: []int64{3}}
			})), []Liberty{{"/group/range/1/tagid/0", "a number in quotes"}, {"/group/range", "an array of ranges"},
				{"/group/range/0/userid", "null"}, {"/group/range/1/partyid", "partyid for party_id"}}},
		{"a face's userID", `{"userID":"a","userface":"QQ=="}`, &checkin.FaceRequest{},
			&checkin.FaceRequest{AltUserID: "a", UserFace: "QQ=="}, []Liberty{{"/userID", "userID for userid"}}},
		{"a schedule's group_id", `{"group_id":1,"items":[]}`, &checkin.SetScheduleRequest{},
			&checkin.SetScheduleRequest{ShortGroupID: 1, Items: []checkin.ScheduleItem{}}, []Liberty{{"/group_id", "group_id, which the documents do not have"}}},
		{"a correction's offset", `{"userid":"a","day":86400,"offset":60}`, &checkin.CorrectionRequest{},
			&checkin.CorrectionRequest{UserID: "a", Day: 86400, Offset: new(int64(60))}, []Liberty{{"/offset", "day and offset for the times of the documents"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			at, err := decode([]byte(tt.body), tt.into, false)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, tt.into); diff != "" {
				t.Errorf("request (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.at, at); diff != "" {
				t.Errorf("liberties (-want +got):\n%s", diff)
			}
			if _, err := decode([]byte(tt.body), tt.into, true); (err != nil) != (len(tt.at) > 0) || err != nil && !errors.Is(err, wecom.CodeInvalidParameter) {
				t.Errorf("strict: %v", err)
			}
		})
	}
}

// What has no meaning is 40058 and names the field.
func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, body string
		into       any
		want       string
	}{
		{"empty", ``, &checkin.RecordsRequest{}, "body is empty"},
		{"white space", " \r\n", &checkin.RecordsRequest{}, "body is empty"},
		{"no JSON", `starttime=1`, &checkin.RecordsRequest{}, "wrong json format at byte 0"},
		{"cut off", `{"starttime":1,"useridlist":["a"`, &checkin.RecordsRequest{}, "wrong json format"},
		{"more than one value", `{} {}`, &checkin.RecordsRequest{}, "wrong json format"},
		{"no UTF-8", "{\"useridlist\":[\"\xff\"]}", &checkin.RecordsRequest{}, "body.useridlist[0]"},
		{"an array", `[]`, &checkin.RecordsRequest{}, "body has the wrong type"},
		{"a word", `{"starttime":"soon"}`, &checkin.RecordsRequest{}, "body.starttime is not an integer"},
		{"a fraction", `{"starttime":1.5}`, &checkin.RecordsRequest{}, "body.starttime is not an integer"},
		{"no number at all", `{"starttime":""}`, &checkin.RecordsRequest{}, "body.starttime is not an integer"},
		{"beyond 64 bits", `{"starttime":9223372036854775808}`, &checkin.RecordsRequest{}, "body.starttime is not an integer"},
		{"an object for a number", `{"starttime":{}}`, &checkin.RecordsRequest{}, "body.starttime is not an integer"},
		{"an array for a number", `{"items":[{"day":[1]}]}`, &checkin.SetScheduleRequest{}, "body.items[0].day is not an integer"},
		{"a string for a list", `{"useridlist":"alice"}`, &checkin.RecordsRequest{}, "body.useridlist has the wrong type"},
		{"an object in a list", `{"useridlist":["a",{}]}`, &checkin.RecordsRequest{}, "body.useridlist[1] is not a string"},
		{"a list in a list", `{"useridlist":["a",["b"]]}`, &checkin.RecordsRequest{}, "body.useridlist[1] is not a string"},
		{"true for a string", `{"useridlist":[true]}`, &checkin.RecordsRequest{}, "body.useridlist[0] is not a string"},
		{"a NUL", `{"useridlist":["a\u0000"]}`, &checkin.RecordsRequest{}, "body.useridlist[0] is not a string without U+0000"},
		{"2 for a boolean", `{"effective_now":2}`, &checkin.DeleteOptionRequest{}, "body.effective_now is not a boolean"},
		{"a word for a boolean", `{"effective_now":"yes"}`, &checkin.DeleteOptionRequest{}, "body.effective_now is not a boolean"},
		{"an array for a boolean", `{"effective_now":[]}`, &checkin.DeleteOptionRequest{}, "body.effective_now is not a boolean"},
		{"a negative mask", `{"group":{"buka_restriction":-1}}`, &checkin.AddOptionRequest{}, "body.group.buka_restriction is not an integer"},
		{"a number for a range", `{"group":{"range":3}}`, &checkin.AddOptionRequest{}, "body.group.range has the wrong type"},
		{"a tag that is a word", `{"group":{"range":{"tagid":["x"]}}}`, &checkin.AddOptionRequest{}, "body.group.range.tagid[0] is not an integer"},
		{"a department that is none", `{"group":{"range":{"party_id":[{}]}}}`, &checkin.AddOptionRequest{}, "body.group.range.party_id[0] is not a department id"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := decode([]byte(tt.body), tt.into, false)
			if !errors.Is(err, wecom.CodeInvalidParameter) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want 40058 with %q", err, tt.want)
			}
		})
	}
}

// The list of all rules is asked for with nothing at all as well.
func TestDecodeEmpty(t *testing.T) {
	t.Parallel()
	for _, body := range []string{"", "\n", "{}"} {
		if _, err := decode([]byte(body), &corpOptionsRequest{}, false); err != nil {
			t.Errorf("%q: %v", body, err)
		}
	}
	if _, err := decode(nil, &corpOptionsRequest{}, true); !errors.Is(err, wecom.CodeInvalidParameter) {
		t.Errorf("strict: %v", err)
	}
}

func TestLibertiesAreBounded(t *testing.T) {
	t.Parallel()
	body := `{"useridlist":[1` + strings.Repeat(",1", 5000) + `]}`
	at, err := decode([]byte(body), &checkin.RecordsRequest{}, false)
	if err != nil || len(at) != MaxLiberties {
		t.Errorf("%d liberties, %v", len(at), err)
	}
}

// The rule is stored as it came.
func TestAddOptionKeepsTheDocument(t *testing.T) {
	t.Parallel()
	var req addOption
	if _, err := decode([]byte(`{"group": {"grouptype":"1", "mine":[1.50]},"effective_now":true}`), &req, false); err != nil {
		t.Fatal(err)
	}
	if string(req.doc) != `{"grouptype":"1", "mine":[1.50]}` || !req.EffectiveNow {
		t.Errorf("%s %+v", req.doc, req.AddOptionRequest)
	}
	for _, body := range []string{`{}`, `{"group":null}`} {
		var req addOption
		if _, err := decode([]byte(body), &req, false); err != nil {
			t.Fatal(err)
		}
		if err := req.Validate(); !errors.Is(err, wecom.CodeInvalidParameter) {
			t.Errorf("%s: %v", body, err)
		}
	}
}

// requests are the bodies that calls take, by the names of their examples.
var requests = map[string]func() any{
	"getcheckindata":            func() any { return &checkin.RecordsRequest{} },
	"getcheckinoption":          func() any { return &checkin.OptionsRequest{} },
	"getcheckin_daydata":        func() any { return &checkin.DayDataRequest{} },
	"getcheckin_monthdata":      func() any { return &checkin.MonthDataRequest{} },
	"addcheckinuserface":        func() any { return &checkin.FaceRequest{} },
	"getcheckinschedulist":      func() any { return &checkin.ScheduleListRequest{} },
	"getcorpcheckinoption":      func() any { return &corpOptionsRequest{} },
	"setcheckinschedulist":      func() any { return &checkin.SetScheduleRequest{} },
	"get_hardware_checkin_data": func() any { return &checkin.HardwareRequest{} },
	"punch_correction":          func() any { return &checkin.CorrectionRequest{} },
	"add_checkin_option":        func() any { return &addOption{} },
	"del_checkin_option":        func() any { return &checkin.DeleteOptionRequest{} },
	"add_checkin_record":        func() any { return &checkin.AddRecordsRequest{} },
	"user.list_id":              func() any { return &userIDsRequest{} },
	"oa.getapprovalinfo":        func() any { return &formsRequest{} },
	"oa.getapprovaldetail":      func() any { return &formRequest{} },
}

// Every request that the documents or a client show is understood.
func TestDecodeExamples(t *testing.T) {
	t.Parallel()
	const dir = "../../../shared/spec/payloads"
	if _, err := os.Stat(dir); err != nil {
		t.Skip("no " + dir + ": WeCom's examples are not here")
	}
	for name, empty := range requests {
		files, err := filepath.Glob(filepath.Join(dir, name+".request*.json"))
		if err != nil || len(files) == 0 {
			t.Errorf("%s: no examples, %v", name, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			req := empty()
			if _, err := decode(text, req, false); err != nil {
				t.Errorf("%s: %v", file, err)
			}
			// The face of the examples is a placeholder, which is no image, and
			// some rules are older than the checks: their times are no whole minutes.
			err = req.(interface{ Validate() error }).Validate()
			old := errors.Is(err, wecom.CodeRuleInvalid) && strings.Contains(err.Error(), "multiple of 60")
			if err != nil && !old && !errors.Is(err, wecom.CodeFaceImage) {
				t.Errorf("%s: %v", file, err)
			}
		}
	}
}

// Whatever comes is decoded or refused with 40058, and strictness accepts
// nothing that leniency refuses.
func FuzzDecode(f *testing.F) {
	names := make([]string, 0, len(requests))
	for name := range requests {
		names = append(names, name)
	}
	slices.Sort(names)
	for i, name := range names {
		f.Add(i, []byte(`{"starttime":"1","useridlist":[null,7],"x":1,"group":{"range":[{"tagid":["1"]}]}}`))
		text, err := json.Marshal(requests[name]())
		if err != nil {
			f.Fatal(err)
		}
		f.Add(i, text)
	}
	f.Fuzz(func(t *testing.T, which int, body []byte) {
		empty := requests[names[uint(which)%uint(len(names))]]
		at, err := decode(body, empty(), false)
		if err != nil && !errors.Is(err, wecom.CodeInvalidParameter) {
			t.Fatalf("%v is not 40058", err)
		}
		if _, strict := decode(body, empty(), true); strict == nil && (err != nil || len(at) > 0) {
			t.Fatalf("strict accepts what took liberties: %v, %v", at, err)
		}
	})
}
