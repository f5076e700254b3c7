package mirror

import (
	"context"
	"encoding/json"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/wire"
)

// fetchRecords copies raw punches (K1). Elements that stand for punches which
// were not made are left out.
func (m *Mirror) fetchRecords(ctx context.Context, k *kind, j job) (read, changed int, err error) {
	f, batch := m.question(k, j)
	records, err := members(ctx, m, f.Records(ctx), func(r *checkin.Record) string { return r.UserID })
	if err != nil {
		return 0, 0, err
	}
	punches := make([]attendance.PunchRecord, 0, len(records))
	for i := range records {
		if p, ok := wire.RecordIn(&records[i]); ok {
			punches = append(punches, p)
		}
	}
	m.writing.Lock()
	defer m.writing.Unlock()
	b := batch()
	news, err := m.app.MirrorPunches(ctx, m.corp, b, punches, false)
	if err == nil {
		m.tellGone(&b, news.Gone)
	}
	return len(records), news.Changed, err
}

// fetchDevices copies what devices recorded (K9), by when it was received: late
// uploads are among what is new.
func (m *Mirror) fetchDevices(ctx context.Context, k *kind, j job) (read, changed int, err error) {
	from, to := m.seconds(span{j.first, j.last})
	req := checkin.HardwareRequest{FilterType: checkin.ByUploadTime, StartTime: from, EndTime: to}
	for _, u := range j.users {
		req.UserIDList = append(req.UserIDList, string(u))
	}
	b := app.MirrorBatch{Kind: k.name, Users: j.users, First: j.first, Last: j.last, At: m.app.Now(), Round: m.round}
	answer, err := m.c.Hardware(ctx, req)
	if err != nil {
		return 0, 0, err
	}
	records, err := membersIn(ctx, m, answer.Records, func(r *checkin.HardwareRecord) string { return r.UserID })
	if err != nil {
		return 0, 0, err
	}
	punches := make([]attendance.PunchRecord, len(records))
	for i := range records {
		punches[i] = wire.HardwareIn(&records[i])
	}
	m.writing.Lock()
	defer m.writing.Unlock()
	news, err := m.app.MirrorPunches(ctx, m.corp, b, punches, true)
	return len(punches), news.Changed, err
}

// fetchSchedules copies shifts (K6).
func (m *Mirror) fetchSchedules(ctx context.Context, k *kind, j job) (read, changed int, err error) {
	f, batch := m.question(k, j)
	plans, err := members(ctx, m, f.Schedules(ctx), func(s *checkin.MemberSchedule) string { return s.UserID })
	if err != nil {
		return 0, 0, err
	}
	var shifts []app.ScheduleFact
	for i := range plans {
		shifts = append(shifts, scheduleIn(&plans[i], j)...)
	}
	m.writing.Lock()
	defer m.writing.Unlock()
	changed, err = m.app.MirrorSchedules(ctx, m.corp, batch(), shifts)
	return len(shifts), changed, err
}

// scheduleIn returns the shifts of a plan that were asked about.
func scheduleIn(plan *checkin.MemberSchedule, j job) (shifts []app.ScheduleFact) {
	for _, d := range plan.Schedule.ScheduleList {
		day, err := attendance.DayFromYMD(plan.YearMonth*100 + d.Day)
		if err != nil || day < j.first || day > j.last {
			continue
		}
		shifts = append(shifts, app.ScheduleFact{
			Assignment: app.Assignment{
				User: attendance.UserID(plan.UserID), Day: day, Shift: attendance.ShiftID(d.ScheduleInfo.ScheduleID),
			},
			Group: attendance.GroupID(plan.GroupID),
		})
	}
	return shifts
}

// fetchDays copies day reports (K3) as verdicts.
func (m *Mirror) fetchDays(ctx context.Context, k *kind, j job) (read, changed int, err error) {
	f, batch := m.question(k, j)
	at := m.app.Now()
	reports, err := members(ctx, m, f.DayReports(ctx), func(d *checkin.DayData) string { return d.BaseInfo.AcctID })
	if err != nil {
		return 0, 0, err
	}
	verdicts := make([]app.Verdict, len(reports))
	for i := range reports {
		day, _ := m.corp.Zone.DayAt(reports[i].BaseInfo.Date)
		doc, err := json.Marshal(&reports[i])
		if err != nil {
			return 0, 0, err
		}
		verdicts[i] = app.Verdict{User: attendance.UserID(reports[i].BaseInfo.AcctID), Day: day, Doc: doc, FetchedAt: at}
	}
	b := batch()
	b.Disputed, b.Told = m.disputed(reports), requestsTold(reports)
	m.writing.Lock()
	defer m.writing.Unlock()
	changed, err = m.app.MirrorVerdicts(ctx, m.corp, b, verdicts, nil)
	return len(reports), changed, err
}

// fetchMonths copies the sums of calendar months (K4) as verdicts.
func (m *Mirror) fetchMonths(ctx context.Context, k *kind, j job) (read, changed int, err error) {
	f, batch := m.question(k, j)
	at := m.app.Now()
	reports, err := members(ctx, m, f.MonthReports(ctx), func(r *checkin.MonthReport) string { return r.BaseInfo.AcctID })
	if err != nil {
		return 0, 0, err
	}
	verdicts := make([]app.MonthVerdict, len(reports))
	for i := range reports {
		r := &reports[i]
		doc, err := json.Marshal(&r.MonthData)
		if err != nil {
			return 0, 0, err
		}
		verdicts[i] = app.MonthVerdict{
			User: attendance.UserID(r.BaseInfo.AcctID), First: day(r.From), Last: day(r.To), Doc: doc, FetchedAt: at,
		}
	}
	m.writing.Lock()
	defer m.writing.Unlock()
	changed, err = m.app.MirrorVerdicts(ctx, m.corp, batch(), nil, verdicts)
	return len(reports), changed, err
}

func day(d checkin.Date) attendance.Day { return attendance.DayOf(d.Year, d.Month, d.Day) }
