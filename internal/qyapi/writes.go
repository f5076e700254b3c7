package qyapi

import (
	"context"
	"errors"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/wire"
)

// setCheckinSchedules answers K8 (document 93385) in both forms of its days.
func (api *API) setCheckinSchedules(ctx context.Context, c *app.Caller, req *checkin.SetScheduleRequest) (*checkin.EmptyResponse, error) {
	list, err := req.Assignments(c.Corp.Zone.Location())
	if err != nil {
		return nil, err
	}
	items := make([]app.Assignment, len(list))
	for i, a := range list {
		items[i] = app.Assignment{
			User: attendance.UserID(a.UserID), Day: attendance.DayOf(a.Year, a.Month, a.Day), Shift: attendance.ShiftID(a.ScheduleID),
		}
	}
	err = api.app.SetSchedules(app.As(ctx, c.Agent), c.Corp, attendance.GroupID(req.Group()), items, app.FutureOnly)
	return &checkin.EmptyResponse{}, err
}

// punchCorrection answers K10 (document 95803) in both its forms.
func (api *API) punchCorrection(ctx context.Context, c *app.Caller, req *checkin.CorrectionRequest) (*checkin.EmptyResponse, error) {
	o := req.Official()
	day, _ := c.Corp.Zone.DayAt(o.ScheduleDateTime)
	correction := app.CorrectionRequest{
		User: attendance.UserID(o.UserID), Day: day, Slot: attendance.NoTime, Open: req.Short(), At: o.CheckinTime, Remark: o.Remark,
	}
	due := o.ScheduleCheckinTime
	if due != nil {
		correction.Slot = attendance.TimeOfDay(*due)
	}
	err := api.app.Correct(ctx, c, correction)
	if due != nil && *due == 0 && errors.Is(err, attendance.ErrCorrectionSlot) {
		// Some SDKs send 0 for a due time that is not meant.
		correction.Slot = attendance.NoTime
		err = api.app.Correct(ctx, c, correction)
	}
	return &checkin.EmptyResponse{}, err
}

// addCheckinRecord answers K12 (document 99647), for all records or none.
func (api *API) addCheckinRecord(ctx context.Context, c *app.Caller, req *checkin.AddRecordsRequest) (*checkin.EmptyResponse, error) {
	punches := make([]attendance.PunchRecord, len(req.Records))
	for i := range req.Records {
		punches[i] = wire.PunchIn(&req.Records[i])
	}
	_, _, err := api.app.AddPunches(ctx, c.Corp, punches)
	return &checkin.EmptyResponse{}, err
}
