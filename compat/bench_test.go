package compat

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/ArtisanCloud/PowerLibs/v3/cache"
	"github.com/silenceper/wechat/v2/util"
	silenceperCheckin "github.com/silenceper/wechat/v2/work/checkin"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/wecom"
)

// BenchmarkDayReports fetches the report of 100 members and 31 days, 3,100
// elements, over HTTP with each SDK in one run, beside reading the same body and
// decoding it with encoding/json into daka's structs.
func BenchmarkDayReports(b *testing.B) {
	body := monthOfReports(b)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if strings.HasSuffix(r.URL.Path, "gettoken") {
			fmt.Fprint(w, `{"errcode":0,"errmsg":"ok","access_token":"t","expires_in":7200}`)
			return
		}
		w.Write(body)
	}))
	b.Cleanup(func() { server.Close(); util.SetURIModifier(nil); cache.ACCache = nil })
	b.Setenv("HOME", b.TempDir()) // PowerWeChat keeps its tokens there
	ctx, users := b.Context(), []string{"u"}
	day := time.Unix(1_735_660_800, 0)

	run := func(name string, reports func() int) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				if n := reports(); n != 3100 {
					b.Fatalf("%d reports", n)
				}
			}
		})
	}
	run("encoding-json", func() int {
		resp, err := http.Get(server.URL + "/x")
		if err != nil {
			b.Fatal(err)
		}
		defer resp.Body.Close()
		var read bytes.Buffer
		var answer checkin.DayDataResponse
		if _, err := read.ReadFrom(resp.Body); err != nil {
			b.Fatal(err)
		}
		if err := json.Unmarshal(read.Bytes(), &answer); err != nil {
			b.Fatal(err)
		}
		return len(answer.Datas)
	})
	// The quota of a minute is not what is measured.
	w, err := wecom.New(wecom.CorpApp("c", wecom.NewSecret("s")), wecom.WithBaseURL(server.URL), wecom.WithLimiter(nil))
	if err != nil {
		b.Fatal(err)
	}
	run("daka", func() int {
		answer, err := checkin.NewClient(w).DayData(ctx, checkin.DayDataRequest{StartTime: day.Unix(), EndTime: day.Unix(), UserIDList: users})
		if err != nil {
			b.Fatal(err)
		}
		return len(answer.Datas)
	})
	theirs, err := newSilenceper(server.URL, "c", "s")
	if err != nil {
		b.Fatal(err)
	}
	run("silenceper", func() int {
		answer, err := theirs.c.GetDayData(&silenceperCheckin.GetCheckinDataRequest{StartTime: day.Unix(), EndTime: day.Unix(), UserIDList: users})
		if err != nil {
			b.Fatal(err)
		}
		return len(answer.Datas)
	})
	power, err := newPowerWeChat(server.URL, "c", "s")
	if err != nil {
		b.Fatal(err)
	}
	run("PowerWeChat", func() int {
		answer, err := power.c.GetCheckinDayData(ctx, int(day.Unix()), int(day.Unix()), users)
		if err != nil {
			b.Fatal(err)
		}
		return len(answer.Datas)
	})
}

// monthOfReports is an answer of 3,100 reports of some 1,400 bytes.
func monthOfReports(b *testing.B) []byte {
	var report checkin.DayData
	err := json.Unmarshal([]byte(`{"base_info":{"date":1735660800,"record_type":1,"name":"张三","name_ex":"Zhang San",
		"departs_name":"有家企业/产品部/设计组;有家企业/产品部/研究组","acctid":"zhangsan","day_type":0,"rule_info":{"groupid":10,
		"groupname":"总部的日常考勤","scheduleid":0,"schedulename":"","checkintime":[{"work_sec":32400,"off_work_sec":64800}]}},
		"summary_info":{"checkin_count":2,"regular_work_sec":31000,"standard_work_sec":32400,"earliest_time":32827,"lastest_time":64858},
		"exception_infos":[{"count":1,"duration":427,"exception":1}],"holiday_infos":[],
		"ot_info":{"ot_status":1,"ot_duration":3600,"exception_duration":[]},
		"sp_items":[{"count":1,"duration":1080,"time_type":1,"type":1,"vacation_id":2,"name":"年假"},
		{"type":2,"name":"补卡次数"},{"type":3,"name":"出差"},{"type":4,"name":"外出"},{"type":15,"name":"审批打卡"},
		{"type":100,"name":"外勤次数"}]}`), &report)
	if err != nil {
		b.Fatal(err)
	}
	var answer checkin.DayDataResponse
	for range 3100 {
		answer.Datas = append(answer.Datas, report)
	}
	body, err := json.Marshal(answer)
	if err != nil {
		b.Fatal(err)
	}
	return body
}
