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

func (r *addOption) keep(body []byte) (err error) {
	r.doc, err = groupOf(body)
	return err
}

// groupOf returns the rule of a body as it came; nil where there is none.
func groupOf(body []byte) (json.RawMessage, error) {
	var raw struct {
		Group jsontext.Value `json:"group"`
	}
	err := jsonv2.Unmarshal(body, &raw, jsontext.AllowDuplicateNames(true))
	if raw.Group.Kind() != jsontext.KindBeginObject {
		return nil, err
	}
	return json.RawMessage(raw.Group), err
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
	if err := req.Group.ValidateAt(api.app.Now(), c.Corp.Zone.Location()); err != nil {
		return nil, err
	}
	_, err := api.app.AddRule(ctx, c, req.doc, req.EffectiveNow)
	return &checkin.EmptyResponse{}, err
}

// updateOption is checkin.UpdateOptionRequest with the rule as it came: which
// members are there is what an update means.
type updateOption struct {
	checkin.UpdateOptionRequest
	doc json.RawMessage
}

func (r *updateOption) keep(body []byte) (err error) {
	r.doc, err = groupOf(body)
	return err
}

// updateCheckinOption answers the second call of K11.
func (api *API) updateCheckinOption(ctx context.Context, c *app.Caller, req *updateOption) (*checkin.EmptyResponse, error) {
	if err := req.Group.ValidateAt(api.app.Now(), c.Corp.Zone.Location()); err != nil {
		return nil, err
	}
	group := attendance.GroupID(*req.Group.GroupID)
	err := api.app.UpdateRule(ctx, c, group, req.doc, req.EffectiveNow, validateRule)
	return &checkin.EmptyResponse{}, err
}

// validateRule judges the rule that an update leaves behind.
func validateRule(doc []byte) error {
	var rule checkin.RuleWrite
	if _, err := decode(doc, &rule, false); err != nil {
		return err
	}
	return rule.Validate()
}

// clearCheckinOption answers the third call of K11.
func (api *API) clearCheckinOption(ctx context.Context, c *app.Caller, req *checkin.ClearOptionRequest) (*checkin.EmptyResponse, error) {
	arrays := make([]app.RuleArray, len(req.ClearField))
	for i, field := range req.ClearField {
		arrays[i] = app.RuleArray(field)
	}
	err := api.app.ClearRule(ctx, c, attendance.GroupID(req.GroupID), arrays, req.EffectiveNow)
	return &checkin.EmptyResponse{}, err
}

// delCheckinOption answers the last call of K11.
func (api *API) delCheckinOption(ctx context.Context, c *app.Caller, req *checkin.DeleteOptionRequest) (*checkin.EmptyResponse, error) {
	err := api.app.DeleteRule(ctx, c, attendance.GroupID(req.GroupID), req.EffectiveNow)
	return &checkin.EmptyResponse{}, err
}
