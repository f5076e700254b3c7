package compat

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/silenceper/wechat/v2/cache"
	"github.com/silenceper/wechat/v2/util"
	"github.com/silenceper/wechat/v2/work"
	"github.com/silenceper/wechat/v2/work/checkin"
	"github.com/silenceper/wechat/v2/work/config"
)

type silenceperTasks struct{ c *checkin.Client }

func newSilenceper(baseURL, corpID, secret string) (silenceperTasks, error) {
	util.SetURIModifier(func(uri string) string {
		return strings.Replace(uri, "https://qyapi.weixin.qq.com", baseURL, 1)
	})
	w := work.NewWork(&config.Config{CorpID: corpID, CorpSecret: secret, Cache: cache.NewMemory()})
	return silenceperTasks{w.GetCheckin()}, nil
}

func (s silenceperTasks) punches(_ context.Context, user string, day time.Time) (times []int64, err error) {
	answer, err := s.c.GetCheckinData(&checkin.GetCheckinDataRequest{
		OpenCheckinDataType: 3,
		StartTime:           day.Unix(), EndTime: day.Unix() + 86399, UserIDList: []string{user},
	})
	if err != nil {
		return nil, err
	}
	for _, r := range answer.CheckinData {
		times = append(times, r.CheckinTime)
	}
	return times, nil
}

func (s silenceperTasks) history(_ context.Context, users []string, first, last time.Time) (n int, err error) {
	seen := map[string]bool{} // punches in the second that two windows share
	end := last.Unix() + 86399
	for from := 0; from < len(users); from += 100 {
		for start := first.Unix(); start < end; start += 30 * 86400 {
			answer, err := s.c.GetCheckinData(&checkin.GetCheckinDataRequest{
				OpenCheckinDataType: 3, UserIDList: users[from:min(from+100, len(users))],
				StartTime: start, EndTime: min(start+30*86400, end),
			})
			if err != nil {
				return 0, err // 45009 after 600 calls: wait a minute and begin again
			}
			for _, r := range answer.CheckinData {
				seen[fmt.Sprint(r.UserID, r.CheckinTime, r.CheckinType)] = true
			}
		}
	}
	return len(seen), nil
}

func (s silenceperTasks) late(_ context.Context, users []string, day time.Time) (lines []string, err error) {
	for from := 0; from < len(users); from += 100 {
		answer, err := s.c.GetDayData(&checkin.GetCheckinDataRequest{
			StartTime: day.Unix(), EndTime: day.Unix(), UserIDList: users[from:min(from+100, len(users))],
		})
		if err != nil {
			return nil, err
		}
		for _, report := range answer.Datas {
			for _, x := range report.ExceptionInfos {
				if x.Exception == 1 {
					lines = append(lines, fmt.Sprintf("%s %d s", report.BaseInfo.AcctID, x.Duration))
				}
			}
		}
	}
	return lines, nil
}

func (s silenceperTasks) worked(_ context.Context, user string, first, last time.Time) (seconds int64, err error) {
	for start := first; !start.After(last); start = start.AddDate(0, 0, 31) {
		answer, err := s.c.GetMonthData(&checkin.GetCheckinDataRequest{
			StartTime: start.Unix(), EndTime: min(start.AddDate(0, 0, 30).Unix(), last.Unix()), UserIDList: []string{user},
		})
		if err != nil {
			return 0, err
		}
		for _, month := range answer.Datas {
			seconds += month.SummaryInfo.RegularWorkSec
		}
	}
	return seconds, nil
}

func (s silenceperTasks) rule(_ context.Context, user string, day time.Time) (name string, err error) {
	answer, err := s.c.GetOption(&checkin.GetOptionRequest{Datetime: day.Unix(), UserIDList: []string{user}})
	if err != nil || len(answer.Info) == 0 {
		return "", err
	}
	return answer.Info[0].Group.GroupName, nil
}

func (s silenceperTasks) shifts(_ context.Context, user string, first, last time.Time) (shifts []int64, err error) {
	answer, err := s.c.GetScheduleList(&checkin.GetScheduleListRequest{
		StartTime: first.Unix(), EndTime: last.Unix(), UserIDList: []string{user},
	})
	if err != nil {
		return nil, err
	}
	for _, month := range answer.ScheduleList {
		for _, day := range month.Schedule.ScheduleList {
			shifts = append(shifts, day.ScheduleInfo.ScheduleID)
		}
	}
	return shifts, nil
}

func (s silenceperTasks) assign(_ context.Context, rule int64, user string, day time.Time, shift int64) error {
	return s.c.SetScheduleList(&checkin.SetScheduleListRequest{
		GroupID: rule, YearMonth: int64(day.Year()*100 + int(day.Month())),
		Items: []checkin.SetScheduleListItem{{UserID: user, Day: int64(day.Day()), ScheduleID: shift}},
	})
}

func (s silenceperTasks) punch(_ context.Context, user string, at time.Time) error {
	return s.c.AddRecord(&checkin.AddRecordRequest{Records: []checkin.Record{{
		UserID: user, CheckinTime: at.Unix(), LocationTitle: "gate", LocationDetail: "north gate",
		MediaIDS: []string{}, DeviceType: 1, DeviceDetail: "turnstile",
	}}})
}

func (s silenceperTasks) unknown(_ context.Context, user string, day time.Time) (bool, error) {
	_, err := s.c.GetDayData(&checkin.GetCheckinDataRequest{StartTime: day.Unix(), EndTime: day.Unix(), UserIDList: []string{user}})
	if err != nil && strings.Contains(err.Error(), "301021") {
		return true, nil
	}
	return false, err
}
