package mirror

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// An app without the right to forms still learns from the day reports which
// requests have passed (holiday_infos), and for how long (sp_items). Of a
// correction they tell that there was one, not what it put in.

// approvalsOfReports makes requests of the day reports that are kept, where the
// app may not read forms.
func (m *Mirror) approvalsOfReports(ctx context.Context, users []attendance.UserID) error {
	refused, err := m.app.MirrorState(ctx, m.corp, refusedState(requests))
	if err != nil || refused == "" {
		return err
	}
	for part := range slices.Chunk(users, checkin.MaxUsers) {
		g := guesses{zone: m.corp.Zone, byNo: map[string]*guess{}}
		err := m.app.Verdicts(ctx, m.corp, part, m.opts.From, m.last(), g.add)
		if err != nil {
			return err
		}
		done, err := m.app.MirrorForms(ctx, m.corp, g.forms())
		if err != nil {
			return err
		}
		m.tally.add(requests, 0, len(g.byNo), done.Changed)
	}
	return nil
}

// guesses are requests that reports tell of.
type guesses struct {
	zone  *attendance.Zone
	byNo  map[string]*guess
	order []string
}

type guess struct {
	app.MirroredForm
	unsure bool // how much of it falls on a day is not told
}

// add reads one day report.
func (g *guesses) add(v app.Verdict) error {
	var report checkin.DayData
	if err := json.Unmarshal(v.Doc, &report); err != nil {
		return fmt.Errorf("report of %q on %s: %w", v.User, v.Day, err)
	}
	var touching []*guess
	for i := range report.HolidayInfos {
		info := &report.HolidayInfos[i]
		f := g.byNo[info.SPNumber]
		if f == nil {
			request := requestOf(g.zone, info, v.Day)
			if request == nil {
				continue
			}
			f = &guess{MirroredForm: app.MirroredForm{Request: request, FormHead: app.FormHead{
				No: info.SPNumber, User: v.User, Status: attendance.Passed, Applied: g.zone.Midnight(v.Day),
			}}}
			g.byNo[info.SPNumber] = f
			g.order = append(g.order, info.SPNumber)
		}
		touching = append(touching, f)
	}
	for _, f := range touching {
		alone := !slices.ContainsFunc(touching, func(other *guess) bool { return other != f && other.Request.Kind == f.Request.Kind })
		f.learn(&report, v.Day, alone)
	}
	return nil
}

// learn takes over what a report says of a request's kind on a day, where no
// other request of that kind is meant.
func (f *guess) learn(report *checkin.DayData, d attendance.Day, alone bool) {
	var items []checkin.SPItem
	for _, item := range report.SPItems {
		if item.Type == int64(f.Request.Kind) && item.Count > 0 {
			items = append(items, item)
		}
	}
	if !alone || len(items) != 1 {
		f.unsure = true
		return
	}
	f.Request.Slices = append(f.Request.Slices, attendance.ApprovalSlice{Day: d, Seconds: int32(items[0].Duration)})
	if f.Request.Kind == attendance.LeaveApproval {
		f.Request.Vacation = attendance.Vacation{ID: items[0].VacationID, Name: items[0].Name}
	}
}

// forms returns the requests, in the order in which they were met.
func (g *guesses) forms() (forms []app.MirroredForm) {
	for _, no := range g.order {
		f := g.byNo[no]
		if f.unsure {
			f.Request.Slices = nil
		}
		forms = append(forms, f.MirroredForm)
	}
	return forms
}

var (
	titlePattern = regexp.MustCompile(`^(请假|出差|外出|加班)[0-9.]+(小时|天)$`)
	endPattern   = regexp.MustCompile(`^(\d{2})/(\d{2}) (?:(\d{2}):(\d{2})|(上午)|(下午))~(\d{2})/(\d{2}) (?:(\d{2}):(\d{2})|(上午)|(下午))$`)
	kindNames    = map[string]attendance.ApprovalKind{
		"请假": attendance.LeaveApproval, "出差": attendance.TripApproval, "外出": attendance.OutingApproval, "加班": attendance.OvertimeApproval,
	}
)

// requestOf reads a request from what a report of a day says of it; nil for
// what does not look like one. The year is not told: it is the one in which the
// request touches the day.
func requestOf(zone *attendance.Zone, info *checkin.HolidayInfo, d attendance.Day) *attendance.Approval {
	if len(info.SPTitle.Data) == 0 || len(info.SPDescription.Data) == 0 {
		return nil
	}
	title := titlePattern.FindStringSubmatch(info.SPTitle.Data[0].Text)
	ends := endPattern.FindStringSubmatch(info.SPDescription.Data[0].Text)
	if title == nil || ends == nil {
		return nil
	}
	year, _, _ := d.Date()
	for _, y := range []int{year, year - 1} {
		from, fromDay := instantOf(zone, y, ends[1:7])
		to, toDay := instantOf(zone, y, ends[7:13])
		if toDay < fromDay {
			to, toDay = instantOf(zone, y+1, ends[7:13])
		}
		// A request may reach a day earlier by a night's shift.
		if fromDay <= d && d <= toDay+1 || fromDay == d+1 {
			return &attendance.Approval{No: info.SPNumber, Kind: kindNames[title[1]], ByDay: title[2] == "天", From: from, To: to}
		}
	}
	return nil
}

// instantOf reads month, day, and hour and minute or the half of the day.
func instantOf(zone *attendance.Zone, year int, parts []string) (at int64, d attendance.Day) {
	var n [4]int
	for i := range n {
		n[i], _ = strconv.Atoi(parts[i]) // "" = 0: the half of a day has none
	}
	if parts[5] != "" {
		n[2] = 12
	}
	d = attendance.DayOf(year, time.Month(n[0]), n[1])
	return zone.At(d, attendance.TimeOfDay(n[2]*3600+n[3]*60)), d
}
