package main

import (
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
)

// remoteOptions name a server and the app as which it is asked.
type remoteOptions struct {
	baseURL    string
	corpID     string
	secretFile string
	secretEnv  string // of a profile; "" = DAKA_SECRET
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
	variable := secretVariable
	if o.secretEnv != "" {
		variable = o.secretEnv
	}
	text := os.Getenv(variable)
	if o.secretFile != "" {
		b, err := readSecretFile(o.secretFile)
		if err != nil {
			return wecom.Secret{}, usagef("--secret-file: %w", err)
		}
		if text = string(b); strings.TrimSpace(text) == "" {
			return wecom.Secret{}, usagef("--secret-file: %s is empty", o.secretFile)
		}
	}
	if text = strings.TrimSpace(text); text == "" {
		return wecom.Secret{}, usagef("--base-url needs the app's secret in %s or --secret-file", variable)
	}
	return wecom.NewSecret(text), nil
}

// readSecretFile reads the file; - is stdin.
func readSecretFile(path string) ([]byte, error) {
	if path == "-" {
		return io.ReadAll(os.Stdin)
	}
	return os.ReadFile(path)
}

// identity is as whom the server is asked, and in which zone its days are.
func (o *remoteOptions) identity() (secret wecom.Secret, zone *attendance.Zone, err error) {
	if o.corpID == "" {
		return secret, nil, usagef("--base-url needs --corp-id")
	}
	if secret, err = o.secret(); err != nil {
		return secret, nil, err
	}
	if zone, err = attendance.LoadZone(o.zone); err != nil {
		return secret, nil, usagef("--zone: %w", err)
	}
	return secret, zone, nil
}

// dial makes a client of the server, which is not called by that.
func (o *remoteOptions) dial() (*wecom.Client, *attendance.Zone, error) {
	secret, zone, err := o.identity()
	if err != nil {
		return nil, nil, err
	}
	k := &knock{}
	w, err := wecom.New(wecom.CorpApp(o.corpID, secret), wecom.WithBaseURL(o.baseURL), wecom.WithHTTPClient(k.client()), wecom.WithClock(k))
	if err != nil {
		return nil, nil, usagef("--base-url: %w", err)
	}
	return w, zone, nil
}

func date(d attendance.Day) checkin.Date {
	year, month, day := d.Date()
	return checkin.Date{Year: year, Month: month, Day: day}
}

// members returns the userids that the app may see, each once and in order.
func members(ctx context.Context, w *wecom.Client) (users []string, err error) {
	departments, err := w.DepartmentIDs(ctx, 0)
	if err != nil {
		return nil, failf("list the departments: %w", err)
	}
	for _, d := range departments {
		list, err := w.Members(ctx, d.ID)
		if errors.Is(err, wecom.CodeNoPrivilege) {
			continue // it is listed for those below it alone
		}
		if err != nil {
			return nil, failf("list the members of department %d: %w", d.ID, err)
		}
		for _, m := range list {
			users = append(users, m.UserID)
		}
	}
	slices.SortFunc(users, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
	return slices.Compact(users), nil
}

// fetch makes a question about days of members; no users means all whom the app
// may see.
func fetch(ctx context.Context, w *wecom.Client, zone *attendance.Zone, users []string, first, last attendance.Day) (f checkin.Fetch, err error) {
	f = checkin.Fetch{Client: checkin.NewClient(w), Users: users, From: date(first), To: date(last), Zone: zone.Location()}
	if len(users) == 0 {
		f.Users, err = members(ctx, w)
	}
	return f, err
}

// serverDays returns the rows of a server's day reports, in order of member and day.
func serverDays(ctx context.Context, f checkin.Fetch, zone *attendance.Zone, p *progress) ([]dayRow, error) {
	rows := []dayRow{}
	for report, err := range f.DayReports(ctx) {
		if err != nil {
			return nil, err
		}
		rows = append(rows, newDayRow(&report, zone))
		p.add(1)
	}
	return rows, nil
}

// serverMonths returns the rows of a server's month reports; a period that is
// longer than a call may ask for is the sum of several.
func serverMonths(ctx context.Context, f checkin.Fetch, p *progress) ([]monthRow, error) {
	rows := []monthRow{}
	for report, err := range f.MonthReports(ctx) {
		if err != nil {
			return nil, err
		}
		p.add(1)
		if n := len(rows); n > 0 && rows[n-1].UserID == report.BaseInfo.AcctID {
			rows[n-1].sum(&report.MonthData)
			continue
		}
		rows = append(rows, newMonthRow(&report.MonthData))
	}
	return rows, nil
}
