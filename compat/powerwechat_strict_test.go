package compat

import (
	"strings"
	"testing"

	"github.com/ArtisanCloud/PowerWeChat/v3/src/kernel/response"

	"github.com/dakahq/daka/wecom"
)

// What the documents do not allow and a strict server refuses, naming it. All
// of it is this SDK's fault, and all of it goes through on any other server. It
// writes the members of a request in the order of their names.
func TestPowerWeChatStrict(t *testing.T) {
	s := strict(t)
	c, ctx := powerwechat(t, s).OA, t.Context()
	from, users := int(s.Day), []string{s.User}
	for _, tt := range []struct {
		name, want string
		call       func() (response.ResponseWork, error)
	}{
		{"K1 has numbers in quotes", "body.endtime: a number in quotes", func() (response.ResponseWork, error) {
			r, err := c.GetCheckinData(ctx, 3, from, from+1, users)
			return r.ResponseWork, err
		}},
		{"K2 has numbers in quotes", "body.datetime: a number in quotes", func() (response.ResponseWork, error) {
			r, err := c.GetCheckInOption(ctx, from, users)
			return r.ResponseWork, err
		}},
		{"K3 has numbers in quotes", "body.endtime: a number in quotes", func() (response.ResponseWork, error) {
			r, err := c.GetCheckinDayData(ctx, from, from, users)
			return r.ResponseWork, err
		}},
		{"K4 has numbers in quotes", "body.endtime: a number in quotes", func() (response.ResponseWork, error) {
			r, err := c.GetCheckInMonthData(ctx, from, from, users)
			return r.ResponseWork, err
		}},
		{"K6 has numbers in quotes", "body.endtime: a number in quotes", func() (response.ResponseWork, error) {
			r, err := c.GetCheckInScheduleList(ctx, from, from, users)
			return r.ResponseWork, err
		}},
		{"K7 has no body", "body: an empty body", func() (response.ResponseWork, error) {
			r, err := c.GetCorpCheckInOption(ctx)
			return r.ResponseWork, err
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, err := tt.call()
			answered(t, r, err, wecom.CodeInvalidParameter)
			if !strings.Contains(r.ErrMsg, tt.want) {
				t.Errorf("%q, want %q in it", r.ErrMsg, tt.want)
			}
		})
	}
}
