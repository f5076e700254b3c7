package mirror

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/wecom"
)

// named lists the members whom the visible range of the app names one by one or
// by tags, but for those who are seen already: no department lists them. A
// server without the calls, as daka is one, has no such members.
func (m *Mirror) named(ctx context.Context, listed *app.Directory, seen map[string]bool) (calls int, err error) {
	ids, calls, err := m.namedIDs(ctx)
	if err != nil {
		return calls, err
	}
	for _, id := range ids {
		if seen[id] {
			continue
		}
		seen[id] = true
		u, err := m.w.User(ctx, id)
		if errors.Is(err, wecom.CodeUserNotFound) || err != nil && unlessRefused(err) == nil {
			continue
		}
		if err != nil {
			return calls, err
		}
		calls++
		list(listed, u, 0)
	}
	return calls, nil
}

// namedIDs returns the userids that the visible range of the app names, through
// the app's own id (document 90227) and its tags (document 90213).
func (m *Mirror) namedIDs(ctx context.Context) (ids []string, calls int, err error) {
	var apps struct {
		wecom.Envelope
		AgentList []struct {
			AgentID int64 `json:"agentid"`
		} `json:"agentlist"`
	}
	if err := m.w.Get(ctx, "/cgi-bin/agent/list", nil, &apps); err != nil {
		return nil, 0, unlessRefused(err)
	}
	calls = 1
	type user struct {
		UserID string `json:"userid"`
	}
	for _, a := range apps.AgentList {
		var sees struct {
			wecom.Envelope
			AllowUserInfos struct {
				User []user `json:"user"`
			} `json:"allow_userinfos"`
			AllowTags struct {
				TagID []int64 `json:"tagid"`
			} `json:"allow_tags"`
		}
		if err := m.w.Get(ctx, "/cgi-bin/agent/get", url.Values{"agentid": {strconv.FormatInt(a.AgentID, 10)}}, &sees); err != nil {
			if unlessRefused(err) != nil {
				return nil, calls, err
			}
			continue
		}
		calls++
		users := slices.Clone(sees.AllowUserInfos.User)
		for _, id := range sees.AllowTags.TagID {
			var tag struct {
				wecom.Envelope
				UserList []user `json:"userlist"`
			}
			err := m.w.Get(ctx, "/cgi-bin/tag/get", url.Values{"tagid": {strconv.FormatInt(id, 10)}}, &tag)
			if err != nil && unlessRefused(err) != nil {
				return nil, calls, err
			}
			calls++
			users = append(users, tag.UserList...)
		}
		for _, u := range users {
			ids = append(ids, u.UserID)
		}
	}
	return ids, calls, nil
}

// unlessRefused returns an error that is not the refusal of just this call: that
// a server has no such call is one.
func unlessRefused(err error) error {
	silent, ok := errors.AsType[*wecom.TransportError](err)
	if ok && silent.Status == http.StatusNotFound || isForbidden(err) ||
		errors.Is(err, wecom.CodeNoPrivilege) || errors.Is(err, wecom.CodeNewContactsIP) {
		return nil
	}
	return err
}
