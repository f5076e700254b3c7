package qyapi

import (
	"cmp"
	"context"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/wecom"
)

// maxPage is the largest page of user/list_id, and what no limit stands for.
const maxPage = 10_000

// userIDsRequest is wecom.UserIDsRequest with its limits.
type userIDsRequest struct{ wecom.UserIDsRequest }

// Validate refuses a page below 1 or over 10000 (40058); no limit, or 0,
// stands for the largest one.
func (r userIDsRequest) Validate() error {
	if r.Limit < 0 || r.Limit > maxPage {
		return wecom.Errorf(wecom.CodeInvalidParameter, "body.limit is %d, want 1 to %d. invalid Request Parameter", r.Limit, maxPage)
	}
	return nil
}

// userListID answers user/list_id (document 96067): the pairs of members and
// departments, page by page. A page begins after the pair that its cursor
// names, so members that come or go in between shift nothing.
func (api *API) userListID(ctx context.Context, c *app.Caller, req *userIDsRequest) (*wecom.UserIDsResponse, error) {
	contacts, err := api.app.Contacts(ctx, c.Corp, nil)
	if err != nil {
		return nil, err
	}
	var pairs wecom.List[wecom.DeptUser]
	for i := range contacts {
		for _, d := range contacts[i].Depts {
			pairs = append(pairs, wecom.DeptUser{UserID: string(contacts[i].ID), Department: int64(d)})
		}
	}
	slices.SortFunc(pairs, comparePairs)
	if req.Cursor != "" {
		last, ok := pairOf(req.Cursor)
		if !ok {
			return nil, wecom.Errorf(wecom.CodeInvalidParameter, "body.cursor is not one of ours. invalid Request Parameter")
		}
		at, found := slices.BinarySearchFunc(pairs, last, comparePairs)
		if found {
			at++
		}
		pairs = pairs[at:]
	}
	limit := cmp.Or(int(req.Limit), maxPage)
	if len(pairs) <= limit {
		return &wecom.UserIDsResponse{DeptUser: pairs}, nil
	}
	return &wecom.UserIDsResponse{NextCursor: cursorAfter(pairs[limit-1]), DeptUser: pairs[:limit]}, nil
}

func comparePairs(a, b wecom.DeptUser) int {
	return cmp.Or(cmp.Compare(a.UserID, b.UserID), cmp.Compare(a.Department, b.Department))
}

func cursorAfter(p wecom.DeptUser) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(p.Department, 10) + "/" + p.UserID))
}

func pairOf(cursor string) (p wecom.DeptUser, ok bool) {
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return p, false
	}
	dept, user, ok := strings.Cut(string(text), "/")
	if !ok {
		return p, false
	}
	p.UserID = user
	p.Department, err = strconv.ParseInt(dept, 10, 64)
	return p, err == nil
}
