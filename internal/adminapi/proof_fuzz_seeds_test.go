package adminapi_test

// fuzzSeed is a request to begin with.
type fuzzSeed struct{ value, query, body string }

// fuzzFacts are what a fuzzWorld begins with.
const fuzzFacts = `{"departments":[{"id":2,"name":"研发","parentid":1,"known_at":1}],
	"members":[{"userid":"zhangsan","name":"张三","departments":[1],"known_at":1},{"userid":"lisi","departments":[2],"tags":[7],"joined":"2025-08-01","from":"2025-08-01","known_at":1}],
	"rules":[{"form":"read","rule":` + office + `,"known_at":1}],
	"punches":[{"userid":"zhangsan","at":1757466300,"source":"device","device":"SN1"},{"userid":"zhangsan","at":1757498400}],
	"approvals":[{"userid":"lisi","sp_number":"1","kind":"leave","from":1757466000,"to":1757498400,"sp_status":2,"vacation":{"id":1,"name":"年假"},"known_at":1757400000}]}`

// fuzzSeeds are requests by their calls.
func fuzzSeeds() map[string][]fuzzSeed {
	all := map[string][]fuzzSeed{}
	for _, part := range []map[string][]fuzzSeed{keptSeeds(), reportSeeds(), testModeSeeds()} {
		for call, seeds := range part {
			all[call] = seeds
		}
	}
	return all
}

// sent makes seeds of bodies alone.
func sent(texts ...string) (seeds []fuzzSeed) {
	for _, text := range texts {
		seeds = append(seeds, fuzzSeed{body: text})
	}
	return seeds
}

// named makes seeds of what a path names alone.
func named(values ...string) (seeds []fuzzSeed) {
	for _, v := range values {
		seeds = append(seeds, fuzzSeed{value: v})
	}
	return seeds
}

func keptSeeds() map[string][]fuzzSeed {
	return map[string][]fuzzSeed{
		"Apps":           sent(""),
		"CreateApp":      sent(`{"kind":"checkin","name":"门店"}`, `{"kind":"admin"}`, `{"kind":"root"}`),
		"RotateApp":      named("1000002", "1000001", "5", "-9223372036854775808"),
		"DisableApp":     named("1000002", "1000001", "5"),
		"EnableApp":      named("1000002", "x"),
		"Departments":    sent(""),
		"PutDepartments": sent(`{"departments":[{"id":3,"name":"一组","parentid":2,"order":9},{"id":2,"name":"研发部","parentid":1}]}`, `{"departments":[{"id":1,"name":"","parentid":1}]}`),
		"Members":        sent(""),
		"PutMembers": sent(`{"members":[{"userid":"wangwu","name":"王五","alias":"W","departments":[2],"tags":[8],"joined":"2025-09-01","left":"2025-12-31"}]}`,
			`{"members":[{"userid":"x","departments":[9],"joined":"9999-12-31","left":"0001-01-01"}]}`),
		"EraseMember":  named("lisi", "ZHANGSAN", "none", "\x00", ".."),
		"Erasures":     sent(""),
		"AddApprovals": sent(`{"approvals":[{"userid":"lisi","sp_number":"2","kind":"overtime","by_day":true,"from":1757433600,"to":1757520000,"sp_status":1,"slices":[{"day":"2025-09-10","seconds":3600}]}]}`),
		"CheckApprovals": sent(`{"approvals":[{"userid":"LISI","kind":"leave","by_day":true,"from":1757433600,"to":1757520000,"sp_status":2,"vacation":{"name":"年假"}}]}`,
			`{"approvals":[{"sp_number":"1","sp_status":6}]}`),
		"Holidays": sent(""),
		"SetHolidays": sent(`{"2030":{"breaks":[{"name":"春节","first":"2030-02-02","last":"2030-02-03","makeups":["2030-02-09"]}],"statutory":["2030-02-03"]}}`,
			`{"2025":{"breaks":[],"statutory":null}}`, `{"30":{}}`),
		"ResetHolidays": named("2026", "2030", "26", "-1", "x"),
		"Options":       sent(""),
		"SetOptions": sent(`{"late_base":"grace","ot_order":["max","rest","min","round"],"ot_day_unit_seconds":28800,"provisional_day_hides":["3"]}`,
			`{"halfday_without_noon":"noon","month_counts_future_days":true}`, `{"colour":"red"}`, `null`),
		"Devices":     sent(""),
		"Audit":       []fuzzSeed{{query: "after=1&limit=2"}, {query: "after=-1"}, {query: "limit=9223372036854775807"}},
		"MemberAudit": []fuzzSeed{{value: "zhangsan", query: "after=1"}, {value: "none", query: "limit=x"}},
		"CheckAudit":  sent(""),
	}
}

func reportSeeds() map[string][]fuzzSeed {
	month := `{"first":"2025-09-01","last":"2025-09-30","as_of":1757500000}`
	return map[string][]fuzzSeed{
		"DayReports":      sent(`{"userids":["zhangsan","lisi"],"first":"2025-09-08","last":"2025-09-12"}`, month, `{"first":"2024-02-29","last":"2025-02-27"}`),
		"MonthReports":    sent(month, `{"userids":["ZhangSan"],"first":"2025-08-15","last":"2025-09-15"}`),
		"Explain":         sent(`{"userid":"zhangsan","day":"2025-09-10","lang":"zh"}`, `{"userid":"lisi","day":"2025-07-10","lang":"en","as_of":1}`),
		"MonthStates":     sent(""),
		"CloseMonth":      []fuzzSeed{{"2025-07", "", `{"actor":"hr"}`}, {"2025-08", "", `{"actor":"hr","reason":"again"}`}, {"2025-09", "", `{}`}, {"0000-01", "", `{"actor":"a"}`}},
		"ReopenMonth":     []fuzzSeed{{"2025-08", "", `{"actor":"hr","reason":"late leave"}`}, {"2025-07", "", `{"actor":"hr"}`}},
		"Adjustments":     named("2025-08", "2025-07", "9999-12"),
		"CheckCorrection": sent(`{"userid":"zhangsan","day":"2025-09-09","slot":32400,"at":1757380000}`, `{"userid":"lisi","day":"2025-09-10","open":true,"at":1757466000}`),
	}
}

func testModeSeeds() map[string][]fuzzSeed {
	return map[string][]fuzzSeed{
		"AddFacts": sent(fuzzFacts,
			`{"options":[{"options":{"calibrate":"next_day"},"known_at":5}],"holidays":[{"years":{"2026":{"breaks":[],"statutory":[]}},"known_at":9}]}`,
			`{"schedules":[{"userid":"lisi","day":"2025-09-10","schedule_id":0,"groupid":5}],"corrections":[{"userid":"lisi","day":"2025-09-10","slot":32400,"at":1757466000,"by":"approval","remark":"r"}]}`),
		"CreateCorp":   sent(`{"corpid":"ww2","name":"二","zone":"Asia/Tokyo"}`, `{"corpid":"ww1"}`, `{"zone":"../../etc/passwd"}`),
		"Clock":        sent(""),
		"SetClock":     sent(`{"now":1757563200,"scale":3600}`, `{"now":7258118399,"scale":0}`, `{"scale":-1}`),
		"AdvanceClock": sent(`{"seconds":3600}`, `{"seconds":2678400}`, `{"seconds":-1}`),
		"Faults":       sent(""),
		"AddFault": sent(`{"kind":"errcode","errcode":45009,"endpoint":"getcheckindata","nth":2,"times":3,"probability":0.5,"seed":7,"ttl":60}`,
			`{"kind":"delay","millis":5,"agentid":1000002}`, `{"kind":"fire"}`, `{"kind":"reset","probability":1e400}`),
		"ClearFaults":  sent(""),
		"RevokeTokens": sent(`{"agentid":1000002}`, `{}`),
		"Snapshot":     named("begun", "another-1", "no name"),
		"Restore":      named("begun", "none"),
		"Reset":        sent(""),
		"Requests":     []fuzzSeed{{query: "after=0"}, {query: "after=x"}},
	}
}
