package qyapi

import (
	"cmp"
	"context"
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// formsRequest is wecom.ApprovalInfoRequest with its limits.
type formsRequest struct{ wecom.ApprovalInfoRequest }

// Validate refuses times that are no seconds or lie more than 31 days apart, a
// page over 100, and a filter or cursor that is not known (40058), and a filter
// of another key than department that comes twice (301025, document 91816).
func (r formsRequest) Validate() error {
	_, err := r.query()
	return err
}

func (r *formsRequest) query() (q app.FormQuery, err error) {
	bad := func(format string, args ...any) (app.FormQuery, error) {
		return app.FormQuery{}, wecom.Errorf(wecom.CodeInvalidParameter, "body."+format+". invalid Request Parameter", args...)
	}
	var err1, err2 error
	q.From, err1 = strconv.ParseInt(r.StartTime, 10, 64)
	q.To, err2 = strconv.ParseInt(r.EndTime, 10, 64)
	switch {
	case err1 != nil || q.From <= 0:
		return bad("starttime is not Unix seconds")
	case err2 != nil || q.To < q.From || q.To-q.From > wecom.MaxApprovalSpan:
		return bad("endtime is not Unix seconds up to %d after starttime", wecom.MaxApprovalSpan)
	case r.Size < 0 || r.Size > wecom.MaxApprovalPage:
		return bad("size is %d, want 1 to %d", r.Size, wecom.MaxApprovalPage)
	}
	q.Limit = cmp.Or(int(r.Size), wecom.MaxApprovalPage)
	if r.NewCursor != "" {
		var ok bool
		if q.After, ok = formAfter(r.NewCursor); !ok {
			return bad("new_cursor is not one of ours")
		}
	}
	keys := map[string]bool{}
	for i, f := range r.Filters {
		if keys[f.Key] && f.Key != wecom.ApprovalByDepartment {
			return app.FormQuery{}, wecom.Errorf(wecom.CodeApprovalParameter, "filters[%d]: %s comes twice, which department alone may", i, f.Key)
		}
		keys[f.Key] = true
		if !addFilter(&q, f) {
			return bad("filters[%d] is not known", i)
		}
	}
	return q, nil
}

// addFilter puts a filter into a query; ok is false for one that is not known.
func addFilter(q *app.FormQuery, f wecom.ApprovalFilter) (ok bool) {
	n, err := strconv.ParseInt(f.Value, 10, 64)
	small := err == nil && n >= 0 && n < 256
	switch f.Key {
	case wecom.ApprovalByCreator:
		q.Users = append(q.Users, attendance.UserID(f.Value))
		return true
	case wecom.ApprovalByDepartment:
		q.Depts = append(q.Depts, attendance.DeptID(n))
		return err == nil
	case wecom.ApprovalByStatus:
		q.Statuses = append(q.Statuses, attendance.ApprovalStatus(n))
		return small
	case wecom.ApprovalByKind:
		q.Kinds = append(q.Kinds, attendance.ApprovalKind(n))
		return small
	case wecom.ApprovalByTemplate:
		q.Kinds = append(q.Kinds, kindOfTemplate(f.Value))
		return true
	}
	return false
}

// getApprovalInfo answers oa/getapprovalinfo (document 91816).
func (api *API) getApprovalInfo(ctx context.Context, c *app.Caller, req *formsRequest) (*wecom.ApprovalInfoResponse, error) {
	q, err := req.query()
	if err != nil {
		return nil, err
	}
	forms, more, err := api.app.Forms(ctx, c.Corp, q)
	if err != nil {
		return nil, err
	}
	answer := &wecom.ApprovalInfoResponse{}
	for _, f := range forms {
		answer.SPNoList = append(answer.SPNoList, f.No)
	}
	if more {
		answer.NewNextCursor = formCursor(forms[len(forms)-1])
	}
	return answer, nil
}

// formCursor names the last form of a page, so that forms that come in between
// shift nothing.
func formCursor(last app.FormHead) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(last.Applied, 10) + "/" + last.No))
}

func formAfter(cursor string) (last app.FormHead, ok bool) {
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return last, false
	}
	applied, no, ok := strings.Cut(string(text), "/")
	last.No = no
	last.Applied, err = strconv.ParseInt(applied, 10, 64)
	return last, ok && err == nil && no != ""
}

// formRequest is wecom.ApprovalDetailRequest with its limit.
type formRequest struct{ wecom.ApprovalDetailRequest }

// Validate refuses a missing number (40058).
func (r formRequest) Validate() error {
	if r.SPNo == "" {
		return wecom.Errorf(wecom.CodeInvalidParameter, "missing field `body.sp_no`. invalid Request Parameter")
	}
	return nil
}

// getApprovalDetail answers oa/getapprovaldetail (document 91983).
func (api *API) getApprovalDetail(ctx context.Context, c *app.Caller, req *formRequest) (*wecom.ApprovalDetailResponse, error) {
	form, err := api.app.Form(ctx, c.Corp, req.SPNo)
	if err != nil {
		return nil, err
	}
	return &wecom.ApprovalDetailResponse{Info: formOut(c.Corp.Zone, form)}, nil
}
