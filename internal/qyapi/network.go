package qyapi

import (
	"context"
	"net/url"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/wecom"
)

// addresses is the answer of get_api_domain_ip and getcallbackip.
type addresses struct {
	wecom.Envelope
	IPList wecom.List[string] `json:"ip_list"`
}

// ownAddresses answers get_api_domain_ip and getcallbackip, by which
// corporations open their firewalls. Which addresses lead to daka, and from
// which it calls, is for who runs it to say.
func (api *API) ownAddresses(context.Context, *app.Caller, url.Values) (*addresses, error) {
	return &addresses{IPList: wecom.List[string]{"127.0.0.1"}}, nil
}
