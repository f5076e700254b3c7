package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
)

// What one call for reports may ask (documents 93374, 93387).
const (
	usersPerCall = 100
	daysPerCall  = 31
)

// remoteOptions name a server and the app as which it is asked.
type remoteOptions struct {
	baseURL    string
	corpID     string
	secretFile string
	zone       string
}

func (o *remoteOptions) bind(cmd *cobra.Command) {
	o.zone = attendance.DefaultZone
	bind(cmd, "base-url", &o.baseURL)
	bind(cmd, "corp-id", &o.corpID)
	bind(cmd, "secret-file", &o.secretFile)
	bind(cmd, "zone", &o.zone)
}

func (o *remoteOptions) secret() (wecom.Secret, error) {
	text := os.Getenv(secretVariable)
	if o.secretFile != "" {
		b, err := os.ReadFile(o.secretFile)
		if err != nil {
			return wecom.Secret{}, err
		}
		text = string(b)
	}
	if text = strings.TrimSpace(text); text == "" {
		return wecom.Secret{}, usagef("--base-url needs the app's secret in %s or --secret-file", secretVariable)
	}
	return wecom.NewSecret(text), nil
}

// source is a server that can be asked for reports.
type source struct {
	client *checkin.Client
	zone   *attendance.Zone
	users  []string
}

// connect makes a client and finds out whom to ask about.
func (o *remoteOptions) connect(ctx context.Context, users []string) (*source, error) {
	if o.corpID == "" {
		return nil, usagef("--base-url needs --corp-id")
	}
	secret, err := o.secret()
	if err != nil {
		return nil, err
	}
	zone, err := attendance.LoadZone(o.zone)
	if err != nil {
		return nil, usageError{err}
	}
	w, err := wecom.New(wecom.CorpApp(o.corpID, secret), wecom.WithBaseURL(o.baseURL))
	if err != nil {
		return nil, usageError{err}
	}
	if len(users) == 0 {
		if users, err = members(ctx, w); err != nil {
			return nil, err
		}
	}
	return &source{checkin.NewClient(w), zone, users}, nil
}

// members returns the userids that the app may see, each once and in order.
func members(ctx context.Context, w *wecom.Client) (users []string, err error) {
	departments, err := w.DepartmentIDs(ctx, 0)
	if err != nil {
		return nil, fmt.Errorf("list the departments: %w", err)
	}
	for _, d := range departments {
		list, err := w.Members(ctx, d.ID)
		if errors.Is(err, wecom.CodeNoPrivilege) {
			continue // it is listed for those below it alone
		}
		if err != nil {
			return nil, fmt.Errorf("list the members of department %d: %w", d.ID, err)
		}
		for _, m := range list {
			users = append(users, m.UserID)
		}
	}
	slices.SortFunc(users, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
	return slices.Compact(users), nil
}

// each calls do for every part of a question that fits into one call: days
// after days for the same members.
func (s *source) each(first, last attendance.Day, do func(users []string, starttime, endtime int64) error) error {
	for users := range slices.Chunk(s.users, usersPerCall) {
		for from := first; from <= last; from += daysPerCall {
			to := min(last, from+daysPerCall-1)
			if err := do(users, s.zone.Midnight(from), s.zone.Midnight(to)); err != nil {
				return err
			}
		}
	}
	return nil
}

// days returns the rows of a server's day reports, in order of member and day.
func (o *remoteOptions) days(ctx context.Context, r *reportOptions) ([]dayRow, error) {
	s, err := o.connect(ctx, r.users)
	if err != nil {
		return nil, err
	}
	rows := []dayRow{}
	err = s.each(r.from.day, r.to.day, func(users []string, starttime, endtime int64) error {
		answer, err := s.client.DayData(ctx, checkin.DayDataRequest{StartTime: starttime, EndTime: endtime, UserIDList: users})
		if err != nil {
			return err
		}
		for i := range answer.Datas {
			rows = append(rows, newDayRow(&answer.Datas[i], s.zone))
		}
		return nil
	})
	place := s.places()
	slices.SortStableFunc(rows, func(a, b dayRow) int { return place(a.UserID) - place(b.UserID) })
	return rows, err
}

// months returns the rows of a server's month reports; a period that is longer
// than a call may ask for is the sum of several.
func (o *remoteOptions) months(ctx context.Context, r *reportOptions) ([]monthRow, error) {
	s, err := o.connect(ctx, r.users)
	if err != nil {
		return nil, err
	}
	rows, at := []monthRow{}, map[string]int{}
	err = s.each(r.from.day, r.to.day, func(users []string, starttime, endtime int64) error {
		answer, err := s.client.MonthData(ctx, checkin.MonthDataRequest{StartTime: starttime, EndTime: endtime, UserIDList: users})
		if err != nil {
			return err
		}
		for i := range answer.Datas {
			m := &answer.Datas[i]
			if j, ok := at[m.BaseInfo.AcctID]; ok {
				rows[j].sum(m)
				continue
			}
			at[m.BaseInfo.AcctID] = len(rows)
			rows = append(rows, newMonthRow(m))
		}
		return nil
	})
	return rows, err
}

// places returns the place of a userid among those asked about.
func (s *source) places() func(string) int {
	place := map[string]int{}
	for i, u := range s.users {
		place[strings.ToLower(u)] = i
	}
	return func(u string) int { return place[strings.ToLower(u)] }
}
