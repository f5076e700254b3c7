package qyapi

import (
	"context"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/wire"
)

// getCheckinData answers K1 (document 90262).
func (api *API) getCheckinData(ctx context.Context, c *app.Caller, req *checkin.RecordsRequest) (*checkin.RecordsResponse, error) {
	kind := app.RecordKind(req.OpenCheckinDataType)
	records, err := api.app.Records(ctx, c.Corp, userIDs(req.UserIDList), req.StartTime, req.EndTime, kind)
	if err != nil {
		return nil, err
	}
	answer := &checkin.RecordsResponse{Records: make(checkin.List[checkin.Record], len(records))}
	for i := range records {
		answer.Records[i] = wire.RecordOut(c.Corp.Zone, &records[i])
	}
	return answer, nil
}

// getCheckinDayData answers K3 (document 93374). A start that begins no day
// has no reports, as the live service was seen to answer.
func (api *API) getCheckinDayData(ctx context.Context, c *app.Caller, req *checkin.DayDataRequest) (*checkin.DayDataResponse, error) {
	answer := &checkin.DayDataResponse{}
	q, ok := days(c.Corp, req.StartTime, req.EndTime, req.UserIDList)
	if !ok {
		return answer, nil
	}
	answer.Datas = make(checkin.List[checkin.DayData], 0, len(q.Users)*int(q.Last-q.First+1))
	err := api.app.DayReports(ctx, q, func(m *app.Member, r *attendance.DayReport) error {
		answer.Datas = append(answer.Datas, wire.DayDataOut(c.Corp.Zone, r, who(m)))
		return nil
	})
	return answer, err
}

// getCheckinMonthData answers K4 (document 93387), whose days are those of K3.
func (api *API) getCheckinMonthData(ctx context.Context, c *app.Caller, req *checkin.MonthDataRequest) (*checkin.MonthDataResponse, error) {
	answer := &checkin.MonthDataResponse{}
	q, ok := days(c.Corp, req.StartTime, req.EndTime, req.UserIDList)
	if !ok {
		return answer, nil
	}
	err := api.app.MonthReports(ctx, q, func(m *app.Member, r *attendance.MonthReport) error {
		answer.Datas = append(answer.Datas, wire.MonthDataOut(r, who(m)))
		return nil
	})
	return answer, err
}

// days returns the query for the days from one stamp to another, both
// included; ok is false when the first one begins no day of the corporation.
func days(corp *app.Corp, start, end int64, users []string) (q app.Query, ok bool) {
	first, _ := corp.Zone.DayAt(start)
	last, _ := corp.Zone.DayAt(end)
	q = app.Query{Corp: corp, Users: userIDs(users), First: first, Last: last}
	return q, corp.Zone.Midnight(first) == start
}

func who(m *app.Member) wire.Who { return wire.Who{Name: m.Name, Alias: m.Alias, Departs: m.Departs} }

// getCheckinSchedules answers K6 (document 93380).
func (api *API) getCheckinSchedules(ctx context.Context, c *app.Caller, req *checkin.ScheduleListRequest) (*checkin.ScheduleListResponse, error) {
	first, _ := c.Corp.Zone.DayAt(req.StartTime)
	last, _ := c.Corp.Zone.DayAt(req.EndTime)
	shifts, err := api.app.Schedules(ctx, c.Corp, userIDs(req.UserIDList), first, last)
	if err != nil {
		return nil, err
	}
	return &checkin.ScheduleListResponse{ScheduleList: wire.SchedulesOut(shifts)}, nil
}

// getHardwareCheckinData answers K9 (document 94126) under both its paths.
func (api *API) getHardwareCheckinData(ctx context.Context, c *app.Caller, req *checkin.HardwareRequest) (*checkin.HardwareResponse, error) {
	byUpload := req.FilterType == checkin.ByUploadTime
	records, err := api.app.DeviceRecords(ctx, c.Corp, userIDs(req.UserIDList), req.StartTime, req.EndTime, byUpload)
	if err != nil {
		return nil, err
	}
	answer := &checkin.HardwareResponse{}
	for i := range records {
		answer.Records = append(answer.Records, wire.HardwareOut(&records[i]))
	}
	return answer, nil
}

func userIDs(list []string) []attendance.UserID {
	ids := make([]attendance.UserID, len(list))
	for i, u := range list {
		ids[i] = attendance.UserID(u)
	}
	return ids
}
