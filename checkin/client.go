package checkin

import (
	"context"

	"github.com/dakahq/daka/wecom"
)

// Client calls the check-in interface for one app. Its methods are safe for
// concurrent use. They send what they are given: the server judges it.
//
// Any of them fails with a *wecom.Error when the server refuses, of which
// errors.Is tells the code, and with a *wecom.TransportError when no answer of
// WeCom's kind came. Beside the codes each method names, the general ones
// apply, such as CodeForbiddenAPI for an app that is not configured for
// check-in and CodeRateLimit.
type Client struct{ wecom *wecom.Client }

// NewClient returns a client that calls through w.
func NewClient(w *wecom.Client) *Client { return &Client{wecom: w} }

// request returns the call of an operation.
func request(path string, body any) wecom.Request {
	op, _ := ForPath(path)
	return wecom.Request{
		Path: path, Body: body, Repeatable: op.Repeatable,
		Quota: wecom.Quota{Name: op.Name, PerMinute: op.RatePerMinute},
	}
}

func post[Resp any](ctx context.Context, c *Client, path string, body any) (*Resp, error) {
	answer := new(Resp)
	if err := c.wecom.Call(ctx, request(path, body), answer); err != nil {
		return nil, err
	}
	return answer, nil
}

// Records returns raw punches (document 90262): up to 100 members and 30 days,
// 600 calls a minute. It fails with CodeCheckinUser when one userid is not in
// the contacts, CodeCheckinUserList, CodeCheckinSpan and CodeCheckinSystem.
func (c *Client) Records(ctx context.Context, req RecordsRequest) (*RecordsResponse, error) {
	return post[RecordsResponse](ctx, c, prefix+"getcheckindata", req)
}

// Options returns the rules of up to 100 members on one day (document 90263).
// It fails with CodeCheckinUser and CodeCheckinUserList.
func (c *Client) Options(ctx context.Context, req OptionsRequest) (*OptionsResponse, error) {
	return post[OptionsResponse](ctx, c, prefix+"getcheckinoption", req)
}

// DayData returns a report for each of up to 100 members and 31 days (document
// 93374), 100 calls a minute. It fails with CodeCheckinUser,
// CodeCheckinUserList and CodeCheckinSpan.
func (c *Client) DayData(ctx context.Context, req DayDataRequest) (*DayDataResponse, error) {
	return post[DayDataResponse](ctx, c, prefix+"getcheckin_daydata", req)
}

// MonthData returns sums over up to 31 days for each of up to 100 members
// (document 93387), 60 calls a minute. It fails with CodeCheckinUser,
// CodeCheckinUserList and CodeCheckinSpan.
func (c *Client) MonthData(ctx context.Context, req MonthDataRequest) (*MonthDataResponse, error) {
	return post[MonthDataResponse](ctx, c, prefix+"getcheckin_monthdata", req)
}

// AddFace stores a member's face (document 93378): an image of up to 1 MiB, 10
// calls a minute. It fails with CodeFaceNoMember, CodeFaceImage, and
// CodeFaceSimilar although the face was stored.
func (c *Client) AddFace(ctx context.Context, req FaceRequest) (*EmptyResponse, error) {
	return post[EmptyResponse](ctx, c, prefix+"addcheckinuserface", req)
}

// ScheduleList returns the shifts of up to 100 members in up to a month
// (document 93380), 60 calls a minute. It fails with CodeCheckinUser,
// CodeCheckinRetry and CodeScheduleParameter.
func (c *Client) ScheduleList(ctx context.Context, req ScheduleListRequest) (*ScheduleListResponse, error) {
	return post[ScheduleListResponse](ctx, c, prefix+"getcheckinschedulist", req)
}

// CorpOptions returns all rules of the corp (document 93384), 60 calls a minute.
func (c *Client) CorpOptions(ctx context.Context, req CorpOptionsRequest) (*CorpOptionsResponse, error) {
	return post[CorpOptionsResponse](ctx, c, prefix+"getcorpcheckinoption", req)
}

// SetSchedule gives members of a shift rule their shifts (document 93385), 60
// calls a minute. It fails with CodeSchedulePast, CodeRuleGroupID and
// CodeCheckinUser.
func (c *Client) SetSchedule(ctx context.Context, req SetScheduleRequest) (*EmptyResponse, error) {
	return post[EmptyResponse](ctx, c, prefix+"setcheckinschedulist", req)
}

// Hardware returns the raw punches of devices (document 94126) for up to 100
// members, of whom unknown ones are ignored, and up to a month. It fails with
// CodeCheckinUserList and CodeCheckinSpan.
func (c *Client) Hardware(ctx context.Context, req HardwareRequest) (*HardwareResponse, error) {
	return post[HardwareResponse](ctx, c, "/cgi-bin/hardware/get_hardware_checkin_data", req)
}

// Correct corrects a punch of a member (document 95803) with a remark of up to
// 512 bytes, 600 calls a minute. It fails with CodeCorrectionDue and the codes
// that follow it.
func (c *Client) Correct(ctx context.Context, req CorrectionRequest) (*EmptyResponse, error) {
	return post[EmptyResponse](ctx, c, prefix+"punch_correction", req)
}

// AddOption makes a rule (document 98041). It fails with CodeRuleInvalid and
// CodeRuleForbidden, whose text names the member, CodeRuleRange,
// CodeRuleConflict, CodeRuleTooMany and CodeRuleConcurrent.
func (c *Client) AddOption(ctx context.Context, req AddOptionRequest) (*EmptyResponse, error) {
	return post[EmptyResponse](ctx, c, prefix+"add_checkin_option", req)
}

// UpdateOption changes a rule that this app made (document 98041). It fails as
// AddOption does, and with CodeRuleGroupID and CodeRuleForeign.
func (c *Client) UpdateOption(ctx context.Context, req UpdateOptionRequest) (*EmptyResponse, error) {
	return post[EmptyResponse](ctx, c, prefix+"update_checkin_option", req)
}

// ClearOption empties arrays of a rule that this app made (document 98041). It
// fails with CodeRuleGroupID, CodeRuleForeign, CodeRuleInvalid and
// CodeRulePlaces.
func (c *Client) ClearOption(ctx context.Context, req ClearOptionRequest) (*EmptyResponse, error) {
	return post[EmptyResponse](ctx, c, prefix+"clear_checkin_option_array_field", req)
}

// DeleteOption deletes a rule that this app made (document 98041). It fails
// with CodeRuleGroupID and CodeRuleForeign.
func (c *Client) DeleteOption(ctx context.Context, req DeleteOptionRequest) (*EmptyResponse, error) {
	return post[EmptyResponse](ctx, c, prefix+"del_checkin_option", req)
}

// AddRecords stores up to 200 punches (document 99647), 60 calls a minute. The
// answer says nothing of single records; its error codes are not documented.
func (c *Client) AddRecords(ctx context.Context, req AddRecordsRequest) (*EmptyResponse, error) {
	return post[EmptyResponse](ctx, c, prefix+"add_checkin_record", req)
}
