package qyapi

import (
	"context"
	"encoding/json"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// memberOptions is checkin.OptionsResponse with the rules as they are stored,
// members that the typed form does not know included.
type memberOptions struct {
	wecom.Envelope
	Info checkin.List[memberOption] `json:"info"`
}

type memberOption struct {
	UserID string          `json:"userid"`
	Group  json.RawMessage `json:"group"`
}

// corpOptions is checkin.CorpOptionsResponse in the same way.
type corpOptions struct {
	wecom.Envelope
	Group checkin.List[json.RawMessage] `json:"group"`
}

// getCheckinOption answers K2 (document 90263). Members without a rule are
// left out.
func (api *API) getCheckinOption(ctx context.Context, c *app.Caller, req *checkin.OptionsRequest) (*memberOptions, error) {
	day, _ := c.Corp.Zone.DayAt(req.DateTime)
	rules, err := api.app.RulesOf(ctx, c.Corp, userIDs(req.UserIDList), day)
	if err != nil {
		return nil, err
	}
	answer := &memberOptions{}
	for _, r := range rules {
		answer.Info = append(answer.Info, memberOption{UserID: string(r.User), Group: r.Doc})
	}
	return answer, nil
}

// getCorpCheckinOption answers K7 (document 93384).
func (api *API) getCorpCheckinOption(ctx context.Context, c *app.Caller, _ *corpOptionsRequest) (*corpOptions, error) {
	rules, err := api.app.CorpRules(ctx, c.Corp)
	return &corpOptions{Group: rules}, err
}

// corpOptionsRequest may be no body at all: it has no members.
type corpOptionsRequest struct{ checkin.CorpOptionsRequest }

func (*corpOptionsRequest) mayBeEmpty() {}

// addOption is checkin.AddOptionRequest with the rule as it came: that is what
// is stored. The typed form sees to it that every member has its type.
type addOption struct {
	checkin.AddOptionRequest
	doc json.RawMessage
}

// keep takes the rule out of the body.
func (r *addOption) keep(body []byte) error {
	var raw struct {
		Group jsontext.Value `json:"group"`
	}
	err := jsonv2.Unmarshal(body, &raw, jsontext.AllowDuplicateNames(true))
	if raw.Group.Kind() == jsontext.KindBeginObject {
		r.doc = json.RawMessage(raw.Group)
	}
	return err
}

// Validate refuses a call without a rule (40058).
func (r addOption) Validate() error {
	if r.doc == nil {
		return wecom.Errorf(wecom.CodeInvalidParameter, "missing field `body.group`. invalid Request Parameter")
	}
	return r.AddOptionRequest.Validate()
}

// addCheckinOption answers the first call of K11 (document 98041).
func (api *API) addCheckinOption(ctx context.Context, c *app.Caller, req *addOption) (*checkin.EmptyResponse, error) {
	_, err := api.app.AddRule(ctx, c, req.doc, req.EffectiveNow)
	return &checkin.EmptyResponse{}, err
}

// delCheckinOption answers the last call of K11.
func (api *API) delCheckinOption(ctx context.Context, c *app.Caller, req *checkin.DeleteOptionRequest) (*checkin.EmptyResponse, error) {
	err := api.app.DeleteRule(ctx, c, attendance.GroupID(req.GroupID), req.EffectiveNow)
	return &checkin.EmptyResponse{}, err
}
