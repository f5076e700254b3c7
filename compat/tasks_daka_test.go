package compat

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/wecom"
)

type dakaTasks struct{ c *checkin.Client }

func newDaka(baseURL, corpID, secret string) (dakaTasks, error) {
	w, err := wecom.New(wecom.CorpApp(corpID, wecom.NewSecret(secret)), wecom.WithBaseURL(baseURL))
	if err != nil {
		return dakaTasks{}, err
	}
	return dakaTasks{checkin.NewClient(w)}, nil
}

func (d dakaTasks) punches(ctx context.Context, user string, day time.Time) (times []int64, err error) {
	answer, err := d.c.Records(ctx, checkin.RecordsRequest{
		OpenCheckinDataType: checkin.AllPunches,
		StartTime:           day.Unix(), EndTime: day.Unix() + 86399, UserIDList: []string{user},
	})
	if err != nil {
		return nil, err
	}
	for _, r := range answer.Records {
		times = append(times, r.CheckinTime)
	}
	return times, nil
}

func (d dakaTasks) history(ctx context.Context, users []string, first, last time.Time) (n int, err error) {
	f := checkin.Fetch{Client: d.c, Users: users, From: checkin.DateOf(first), To: checkin.DateOf(last), Overlap: -1}
	for _, err := range f.Records(ctx) {
		if err != nil {
			return 0, err
		}
		n++
	}
	return n, nil
}

func (d dakaTasks) late(ctx context.Context, users []string, day time.Time) (lines []string, err error) {
	f := checkin.Fetch{Client: d.c, Users: users, From: checkin.DateOf(day), To: checkin.DateOf(day)}
	for report, err := range f.DayReports(ctx) {
		if err != nil {
			return nil, err
		}
		for _, x := range report.ExceptionInfos {
			if x.Exception == checkin.ExceptionLate {
				lines = append(lines, fmt.Sprintf("%s %d s", report.BaseInfo.AcctID, x.Duration))
			}
		}
	}
	return lines, nil
}

func (d dakaTasks) worked(ctx context.Context, user string, first, last time.Time) (seconds int64, err error) {
	f := checkin.Fetch{Client: d.c, Users: []string{user}, From: checkin.DateOf(first), To: checkin.DateOf(last)}
	for month, err := range f.MonthReports(ctx) {
		if err != nil {
			return 0, err
		}
		seconds += month.SummaryInfo.RegularWorkSec
	}
	return seconds, nil
}

func (d dakaTasks) rule(ctx context.Context, user string, day time.Time) (name string, err error) {
	answer, err := d.c.Options(ctx, checkin.OptionsRequest{DateTime: day.Unix(), UserIDList: []string{user}})
	if err != nil || len(answer.Info) == 0 {
		return "", err
	}
	return answer.Info[0].Group.GroupName, nil
}

func (d dakaTasks) shifts(ctx context.Context, user string, first, last time.Time) (shifts []int64, err error) {
	f := checkin.Fetch{Client: d.c, Users: []string{user}, From: checkin.DateOf(first), To: checkin.DateOf(last)}
	for month, err := range f.Schedules(ctx) {
		if err != nil {
			return nil, err
		}
		for _, day := range month.Schedule.ScheduleList {
			shifts = append(shifts, day.ScheduleInfo.ScheduleID)
		}
	}
	return shifts, nil
}

func (d dakaTasks) assign(ctx context.Context, rule int64, user string, day time.Time, shift int64) error {
	outcomes := checkin.Batch{Client: d.c}.SetSchedules(ctx, []checkin.PlannedShift{
		{GroupID: rule, UserID: user, Date: checkin.DateOf(day), ScheduleID: shift},
	})
	return outcomes[0].Err
}

func (d dakaTasks) punch(ctx context.Context, user string, at time.Time) error {
	outcomes := checkin.Batch{Client: d.c}.AddRecords(ctx, []checkin.NewRecord{{
		UserID: user, CheckinTime: at.Unix(), LocationTitle: "gate", LocationDetail: "north gate",
		DeviceType: checkin.DeviceAccess, DeviceDetail: "turnstile",
	}})
	return outcomes[0].Err
}

func (d dakaTasks) unknown(ctx context.Context, user string, day time.Time) (bool, error) {
	_, err := d.c.DayData(ctx, checkin.DayDataRequest{StartTime: day.Unix(), EndTime: day.Unix(), UserIDList: []string{user}})
	if errors.Is(err, wecom.CodeCheckinUser) {
		return true, nil
	}
	return false, err
}
