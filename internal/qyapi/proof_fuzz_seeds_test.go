package qyapi_test

import (
	"fmt"
	"strings"
)

// fuzzSeed is a request to begin with. Words after a dollar sign stand for what
// a fuzzWorld has: see its renew.
type fuzzSeed struct{ query, body string }

// fuzzSeeds are requests by their paths. It is the 12th of January 2026, 08:00.
func fuzzSeeds() map[string][]fuzzSeed {
	all := map[string][]fuzzSeed{}
	for _, part := range []map[string][]fuzzSeed{readSeeds(), writeSeeds(), ruleSeeds(), serviceSeeds(), contactSeeds(), aroundSeeds()} {
		for path, seeds := range part {
			all["/cgi-bin/"+path] = seeds
		}
	}
	return all
}

// bodies makes seeds of bodies alone.
func bodies(texts ...string) (seeds []fuzzSeed) {
	for _, text := range texts {
		seeds = append(seeds, fuzzSeed{"", text})
	}
	return seeds
}

// queries makes seeds of queries alone.
func queries(texts ...string) (seeds []fuzzSeed) {
	for _, text := range texts {
		seeds = append(seeds, fuzzSeed{text, ""})
	}
	return seeds
}

func readSeeds() map[string][]fuzzSeed {
	window := fmt.Sprintf(`{"opencheckindatatype":3,"starttime":%d,"endtime":%d,"useridlist":["alice","bob","carol"]}`, stamp(5, 0, 0), stamp(11, 0, 0))
	quoted := fmt.Sprintf(`{"opencheckindatatype":"1","starttime":"%d","endtime":%d,"useridlist":"alice"}`, stamp(5, 0, 0), stamp(6, 0, 0))
	late := fmt.Sprintf(`{"filter_type":2,"starttime":%d,"endtime":%d,"useridlist":["Alice","nobody"]}`, stamp(5, 0, 0), stamp(12, 0, 0))
	month := fmt.Sprintf(`{"starttime":%d,"endtime":%d,"useridlist":["alice","bob","carol"]}`, stamp(1, 0, 0), stamp(31, 0, 0))
	return map[string][]fuzzSeed{
		"checkin/getcheckindata":            append(bodies(window, quoted, strings.Replace(window, "3", "2", 1)), fuzzSeed{"debug=1", window}),
		"checkin/getcheckinoption":          bodies(fmt.Sprintf(`{"datetime":%d,"useridlist":["alice","carol"]}`, stamp(5, 0, 0)), `{"datetime":-1,"useridlist":[]}`),
		"checkin/getcheckin_daydata":        bodies(window, month, quoted),
		"checkin/getcheckin_monthdata":      bodies(month, quoted),
		"checkin/getcheckinschedulist":      bodies(month, quoted),
		"checkin/getcorpcheckinoption":      append(bodies(`{}`, `{"cursor":null}`, ` `), fuzzSeed{"debug=1", ""}),
		"checkin/get_hardware_checkin_data": bodies(window, late),
		"hardware/get_hardware_checkin_data": bodies(window, late,
			fmt.Sprintf(`{"filter_type":1,"starttime":%d,"endtime":%d,"useridlist":["alice"]}`, stamp(1, 0, 0), stamp(31, 0, 0))),
	}
}

func writeSeeds() map[string][]fuzzSeed {
	record := punches("bob", stamp(12, 7, 0), stamp(12, 7, 1))
	return map[string][]fuzzSeed{
		"checkin/addcheckinuserface": bodies(
			face("alice", pngOf(2, 2, 1)), face("alice", pngClaiming(1<<31-1, 1<<31-1)), face("bob", jpegOf(3, 3)), face("bob", gifOf()),
			`{"userID":"alice","userface":"iVBORw0KGgo="}`, `{"userid":"alice","userface":"!"}`),
		"checkin/setcheckinschedulist": bodies(
			`{"groupid":2,"yearmonth":202601,"items":[{"userid":"carol","day":13,"schedule_id":1},{"userid":"carol","day":14,"schedule_id":0}]}`,
			fmt.Sprintf(`{"group_id":2,"items":[{"userid":"carol","day":%d,"schedule_id":2}]}`, stamp(20, 0, 0)),
			`{"groupid":2,"yearmonth":202602,"items":[{"userid":"carol","day":29,"schedule_id":1}]}`),
		"checkin/punch_correction": bodies(
			fmt.Sprintf(`{"userid":"alice","schedule_date_time":%d,"schedule_checkin_time":32400,"checkin_time":%d,"remark":"忘记"}`, stamp(6, 0, 0), stamp(6, 9, 0)),
			fmt.Sprintf(`{"userid":"alice","day":%d,"offset":64800}`, stamp(6, 0, 0)),
			fmt.Sprintf(`{"userid":"bob","schedule_date_time":%d,"schedule_checkin_time":0,"checkin_time":%d}`, stamp(7, 0, 0), stamp(7, 8, 0))),
		"checkin/add_checkin_record": bodies(record,
			fmt.Sprintf(`{"records":[{"userid":"alice","checkin_time":%d,"location_title":"a","location_detail":"b","mediaids":["x"],"notes":"n","device_type":1,
				"lat":30547645,"lng":104063236,"device_detail":"d","wifiname":"w","wifimac":"3c:46:d8:0c:7a:70"}]}`, stamp(11, 9, 0)),
			`{"records":[]}`),
	}
}

func ruleSeeds() map[string][]fuzzSeed {
	free := `{"grouptype":3,"groupname":"自由","type":0,"range":{"party_id":[3],"userid":["bob"],"tagid":[]},
		"checkindate":[{"workdays":[1,2,3,4,5],"flex_time":300,"allow_flex":true,"checkintime":[{"work_sec":0,"off_work_sec":86399}]}]}`
	named := strings.Replace(officeRule, `"坐班"`, `"另一个"`, 1)
	return map[string][]fuzzSeed{
		"checkin/add_checkin_option": bodies(
			`{"effective_now":true,"group":`+named+`}`, `{"group":`+shiftRule+`}`, `{"effective_now":1,"group":`+free+`}`,
			`{"group":{"groupid":7,"groupname":null,"groupname":"b"}}`),
		"checkin/update_checkin_option": bodies(
			`{"effective_now":true,"group":{"groupid":1,"groupname":"x","range":{"userid":["bob"],"partyid":["2"]}}}`,
			`{"effective_now":true,"group":{"groupid":1,`+named[1:]+`}`, `{"group":{"groupid":2,`+shiftRule[1:]+`}`,
			`{"group":{"groupid":1,"spe_workdays":[{"timestamp":1768665600,"notes":"x","checkintime":[]}],"spe_offdays":[{"timestamp":1768752000}]}}`,
			`{"group":{"groupid":2,"range":[{"userid":"carol"}],"late_rule":{"allow_offwork_after_time":true,"timerules":[{"offwork_after_time":3600,"onwork_flex_time":3600}]}}}`),
		"checkin/clear_checkin_option_array_field": bodies(`{"groupid":1,"clear_field":[1,2]}`, `{"groupid":2,"clear_field":[3,4,5],"effective_now":true}`),
		"checkin/del_checkin_option":               bodies(`{"groupid":2,"effective_now":true}`, `{"groupid":1}`, `{"groupid":99}`),
	}
}

func serviceSeeds() map[string][]fuzzSeed {
	code := bodies(`{"auth_code":"$auth_code"}`, `{"auth_code":""}`)
	return map[string][]fuzzSeed{
		"service/get_suite_token": bodies(`{"suite_id":"$suite_id","suite_secret":"$suite_secret","suite_ticket":"$suite_ticket"}`,
			`{"suite_id":"$suite_id","suite_secret":"$suite_secret","suite_ticket":"x"}`, `{"suite_id":"ww0","suite_secret":"x","suite_ticket":"y"}`),
		"service/get_provider_token": bodies(`{"corpid":"ww1","provider_secret":"$provider_secret"}`, `{"corpid":"ww2","provider_secret":"x"}`),
		"service/get_pre_auth_code":  append(queries("x=1"), fuzzSeed{"suite_access_token=x", `{}`}),
		"service/set_session_info": bodies(`{"pre_auth_code":"$pre_auth_code","session_info":{"appid":[1,2,3],"auth_type":1}}`,
			`{"pre_auth_code":"$pre_auth_code","session_info":{"auth_type":"0"}}`, `{"pre_auth_code":"x"}`),
		"service/v2/get_permanent_code": code,
		"service/get_permanent_code":    code,
		"service/get_corp_token":        bodies(`{"auth_corpid":"ww1","permanent_code":"$permanent_code"}`, `{"auth_corpid":"ww2","permanent_code":"x"}`),
		"agent/get_permissions":         append(bodies(`{}`), queries("debug=1")...),
	}
}

func contactSeeds() map[string][]fuzzSeed {
	return map[string][]fuzzSeed{
		"department/simplelist": queries("id=2", "id=", "id=x"),
		"department/list":       queries("id=1", "id=9223372036854775808"),
		"user/simplelist":       queries("department_id=2&fetch_child=1", "department_id=99"),
		"user/list":             queries("department_id=1", "department_id=%zz"),
		"user/get":              queries("userid=ALICE", "userid=%00", "userid=nobody"),
		"user/list_id":          bodies(`{"cursor":"","limit":1}`, `{"cursor":"MS9hbGljZQ","limit":2}`, `{"limit":"10000"}`),
		"user/create": bodies(`{"userid":"dan","name":"丹","alias":"Dan","department":[2,3],"order":[1,2],"is_leader_in_dept":[1,0],"mobile":"+86 13800000000"}`,
			`{"userid":"a b","name":"x"}`, `{"userid":"eve","name":"伊芙","department":["1"],"extattr":{"attrs":[{"type":0}]},"to_invite":false}`),
		"user/update":       bodies(`{"userid":"alice","name":"新","department":[3]}`, `{"userid":"carol","alias":"","enable":0}`),
		"user/delete":       queries("userid=bob", "userid=nobody"),
		"department/create": bodies(`{"name":"新部门","parentid":1,"order":1,"id":9}`, `{"name":"x","parentid":"2"}`, `{"name":"","parentid":0}`),
		"department/update": bodies(`{"id":2,"name":"改名","parentid":3}`, `{"id":3,"order":4294967295}`),
		"department/delete": queries("id=3", "id=1", "id=-1"),
	}
}

func aroundSeeds() map[string][]fuzzSeed {
	part := func(name, content string) string {
		return "--x\r\nContent-Disposition: form-data; name=\"media\";filename=\"" + name + "\"; filelength=6\r\nContent-Type: application/octet-stream\r\n\r\n" + content + "\r\n--x--\r\n"
	}
	first, last := stamp(6, 0, 0), stamp(7, 0, 0)
	return map[string][]fuzzSeed{
		"gettoken": append(queries("corpid=ww1&corpsecret=$corpsecret", "corpid=ww1&corpsecret=x", "corpid=ww1&corpsecret=$permanent_code", "corpid=%ff&corpsecret=x"),
			fuzzSeed{"corpid=ww1&corpsecret=$corpsecret&debug=1", `{}`}),
		"media/upload": {{"type=file", part("a.txt", "123456")}, {"type=image", part("a.png", string(pngOf(2, 2, 1)))},
			{"type=voice", part("a.amr", "#!AMR\n")}, {"type=file", "--x\r\nContent-Disposition: form-data; name=\"media\"\r\n\r\n"}, {"type=", "--x--"}},
		"media/get": queries("media_id=$media_id", "media_id=x"),
		"oa/getapprovalinfo": bodies(
			fmt.Sprintf(`{"starttime":"%d","endtime":"%d","new_cursor":"","size":2,"filters":[{"key":"record_type","value":"1"},{"key":"creator","value":"alice"}]}`, first, last),
			fmt.Sprintf(`{"starttime":%d,"endtime":%d,"new_cursor":"MTc2NzY2MTIwMC8yMDI2MDEwNjAwMDE","size":100,"filters":[{"key":"department","value":"2"},{"key":"sp_status","value":"2"},{"key":"template_id","value":"x"}]}`, first, last)),
		"oa/getapprovaldetail":    bodies(`{"sp_no":"202601060001"}`, `{"sp_no":"202601060003"}`, `{"sp_no":"`+correctionNo+`"}`, `{"sp_no":20260105}`),
		"oa/vacation/getcorpconf": append(queries("x=1"), bodies(`{}`)...),
		"get_api_domain_ip":       append(queries("x=1"), bodies(`{}`)...),
		"getcallbackip":           append(queries("x=1"), bodies(`{}`)...),
	}
}
