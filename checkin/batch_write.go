package checkin

import (
	"context"
	"errors"
	"slices"

	"github.com/dakahq/daka/wecom"
)

// writing is a Batch under way. Items go by their place among all.
type writing struct {
	ctx      context.Context
	client   *Client
	path     string
	outcomes []Outcome
	ended    error // why no more is sent
}

func newWriting(ctx context.Context, path string, c *Client, items int) *writing {
	return &writing{ctx: ctx, path: path, client: c, outcomes: make([]Outcome, items)}
}

// all sends items, so many in a call; body makes the request of some.
func (w *writing) all(places []int, most int, body func(places []int) any) {
	for part := range slices.Chunk(places, most) {
		w.send(part, body)
	}
}

func (w *writing) send(places []int, body func(places []int) any) {
	if w.ended == nil && w.ctx.Err() != nil {
		w.ended = w.ctx.Err()
	}
	if w.ended != nil {
		w.note(places, Unsent, w.ended)
		return
	}
	var answer EmptyResponse
	err := w.client.wecom.Call(w.ctx, request(w.path, body(places)), &answer)
	state, reach := w.judge(err)
	if reach == ofItem && len(places) > 1 {
		half := len(places) / 2
		w.send(places[:half], body)
		w.send(places[half:], body)
		return
	}
	if reach == ofAll {
		w.ended = err
	}
	w.note(places, state, err)
}

func (w *writing) note(places []int, state State, err error) {
	for _, i := range places {
		w.outcomes[i] = Outcome{state, err}
	}
}

// reach is how much a call's failure says.
type reach int

const (
	ofCall reach = iota // of the call alone
	ofItem              // of an item in it
	ofAll               // of every call that could follow
)

// judge tells what a call came to.
func (w *writing) judge(err error) (State, reach) {
	if err == nil {
		return Stored, ofCall
	}
	if refused, ok := errors.AsType[*wecom.Error](err); ok && refused.Endpoint == w.path {
		switch {
		case refused.Code == wecom.CodeBusy, refused.Code == wecom.CodeCheckinRetry, refused.Code == wecom.CodeCheckinSystem: // it says nothing of what was done
			return Lost, ofCall
		case slices.Contains(refusals, refused.Code):
			return Refused, ofAll
		case refused.Code == wecom.CodeRuleGroupID: // all items of a call have the same
			return Refused, ofCall
		}
		return Refused, ofItem
	}
	if broken, ok := errors.AsType[*wecom.TransportError](err); ok && broken.Endpoint == w.path && !broken.Unsent() {
		return Lost, ofCall
	}
	return Unsent, ofAll // what failed is the request itself, the way or the token
}

// refusals are the codes that are about the caller, not about what it sends
// (document 90313).
var refusals = []wecom.Code{
	wecom.CodeInvalidSecret, wecom.CodeInvalidCorpID, wecom.CodeInvalidToken, wecom.CodeMissingToken, wecom.CodeExpiredToken,
	wecom.CodeRateLimit, wecom.CodeConcurrency, wecom.CodeAbnormalTraffic,
	wecom.CodeUnauthorizedAPI, wecom.CodeForbiddenAPI, wecom.CodeInvalidSuite, wecom.CodeRevokedAuth, wecom.CodeRetiredAPI,
	wecom.CodeUnusedAPI, wecom.CodeTLSVersion, wecom.CodeAppDisabled, wecom.CodeUntrustedIP, wecom.CodeWrongAgent, wecom.CodeCorpUnavailable,
	wecom.CodeNewContactsIP, wecom.CodeAccountNotActivated, wecom.CodeNoLicence,
}
