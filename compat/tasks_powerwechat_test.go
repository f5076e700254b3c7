package compat

import (
	"context"
	"fmt"
	"time"

	"github.com/ArtisanCloud/PowerLibs/v3/cache"
	"github.com/ArtisanCloud/PowerLibs/v3/logger/drivers"
	"github.com/ArtisanCloud/PowerWeChat/v3/src/kernel/power"
	"github.com/ArtisanCloud/PowerWeChat/v3/src/work"
	"github.com/ArtisanCloud/PowerWeChat/v3/src/work/oa"
	"github.com/ArtisanCloud/PowerWeChat/v3/src/work/oa/request"
)

type powerwechatTasks struct{ c *oa.Client }

func newPowerWeChat(baseURL, corpID, secret string) (powerwechatTasks, error) {
	w, err := work.NewWork(&work.UserConfig{
		CorpID: corpID, AgentID: 1000002, Secret: secret,
		Http:  work.Http{BaseURI: baseURL + "/"},
		Cache: cache.NewMemCache("", 0, ""),
		Log:   work.Log{Driver: &drivers.DummyLogger{}},
		OAuth: work.OAuth{Callback: "https://example.com/callback", Scopes: []string{"snsapi_base"}},
	})
	if err != nil {
		return powerwechatTasks{}, err
	}
	return powerwechatTasks{w.OA}, nil
}

func (p powerwechatTasks) punches(ctx context.Context, user string, day time.Time) (times []int64, err error) {
	answer, err := p.c.GetCheckinData(ctx, 3, int(day.Unix()), int(day.Unix()+86399), []string{user})
	if err != nil {
		return nil, err
	}
	if answer.ErrCode != 0 {
		return nil, fmt.Errorf("%d %s", answer.ErrCode, answer.ErrMsg)
	}
	for _, r := range answer.CheckInData {
		at, _ := (*r)["checkin_time"].(float64)
		times = append(times, int64(at))
	}
	return times, nil
}

func (p powerwechatTasks) history(ctx context.Context, users []string, first, last time.Time) (n int, err error) {
	seen := map[string]bool{} // punches in the second that two windows share
	end := last.Unix() + 86399
	for from := 0; from < len(users); from += 100 {
		for start := first.Unix(); start < end; start += 30 * 86400 {
			some := users[from:min(from+100, len(users))]
			answer, err := p.c.GetCheckinData(ctx, 3, int(start), int(min(start+30*86400, end)), some)
			if err != nil {
				return 0, err
			}
			if answer.ErrCode != 0 { // 45009 after 600 calls: wait a minute and begin again
				return 0, fmt.Errorf("%d %s", answer.ErrCode, answer.ErrMsg)
			}
			for _, r := range answer.CheckInData {
				seen[fmt.Sprint((*r)["userid"], (*r)["checkin_time"], (*r)["checkin_type"])] = true
			}
		}
	}
	return len(seen), nil
}

func (p powerwechatTasks) late(ctx context.Context, users []string, day time.Time) (lines []string, err error) {
	for from := 0; from < len(users); from += 100 {
		answer, err := p.c.GetCheckinDayData(ctx, int(day.Unix()), int(day.Unix()), users[from:min(from+100, len(users))])
		if err != nil {
			return nil, err
		}
		if answer.ErrCode != 0 {
			return nil, fmt.Errorf("%d %s", answer.ErrCode, answer.ErrMsg)
		}
		for _, report := range answer.Datas {
			base, _ := (*report)["base_info"].(map[string]any)
			infos, _ := (*report)["exception_infos"].([]any)
			for _, x := range infos {
				if info, _ := x.(map[string]any); info["exception"] == 1.0 {
					lines = append(lines, fmt.Sprintf("%v %v s", base["acctid"], info["duration"]))
				}
			}
		}
	}
	return lines, nil
}

func (p powerwechatTasks) worked(ctx context.Context, user string, first, last time.Time) (seconds int64, err error) {
	for start := first; !start.After(last); start = start.AddDate(0, 0, 31) {
		end := min(start.AddDate(0, 0, 30).Unix(), last.Unix())
		answer, err := p.c.GetCheckInMonthData(ctx, int(start.Unix()), int(end), []string{user})
		if err != nil {
			return 0, err
		}
		if answer.ErrCode != 0 {
			return 0, fmt.Errorf("%d %s", answer.ErrCode, answer.ErrMsg)
		}
		for _, month := range answer.Datas {
			sums, _ := (*month)["summary_info"].(map[string]any)
			worked, _ := sums["regular_work_sec"].(float64)
			seconds += int64(worked)
		}
	}
	return seconds, nil
}

func (p powerwechatTasks) rule(ctx context.Context, user string, day time.Time) (name string, err error) {
	answer, err := p.c.GetCheckInOption(ctx, int(day.Unix()), []string{user})
	if err != nil || len(answer.Info) == 0 {
		return "", err
	}
	group, _ := (*answer.Info[0])["group"].(map[string]any)
	name, _ = group["groupname"].(string)
	return name, nil
}

func (p powerwechatTasks) shifts(ctx context.Context, user string, first, last time.Time) (shifts []int64, err error) {
	answer, err := p.c.GetCheckInScheduleList(ctx, int(first.Unix()), int(last.Unix()), []string{user})
	if err != nil {
		return nil, err
	}
	for _, month := range answer.ScheduleList {
		schedule, _ := (*month)["schedule"].(map[string]any)
		days, _ := schedule["scheduleList"].([]any)
		for _, d := range days {
			day, _ := d.(map[string]any)
			info, _ := day["schedule_info"].(map[string]any)
			id, _ := info["schedule_id"].(float64)
			shifts = append(shifts, int64(id))
		}
	}
	return shifts, nil
}

func (p powerwechatTasks) assign(ctx context.Context, rule int64, user string, day time.Time, shift int64) error {
	answer, err := p.c.SetCheckInScheduleList(ctx, &request.RequestCheckInSetScheduleList{
		GroupID: int(rule), YearMonth: day.Year()*100 + int(day.Month()),
		Items: []*power.HashMap{{"userid": user, "day": day.Day(), "schedule_id": shift}},
	})
	if err == nil && answer.ErrCode != 0 {
		err = fmt.Errorf("%d %s", answer.ErrCode, answer.ErrMsg)
	}
	return err
}

func (p powerwechatTasks) unknown(ctx context.Context, user string, day time.Time) (bool, error) {
	answer, err := p.c.GetCheckinDayData(ctx, int(day.Unix()), int(day.Unix()), []string{user})
	if err != nil {
		return false, err
	}
	return answer.ErrCode == 301021, nil
}
