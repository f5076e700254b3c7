package admin

import (
	"context"
	"net/http"
	"strconv"
)

// App is an app of the corporation.
type App struct {
	Agent    int64  `json:"agentid"`
	Kind     string `json:"kind"` // admin, checkin, contact, …
	Name     string `json:"name"`
	Disabled bool   `json:"disabled"`
	Secret   string `json:"secret,omitzero"` // only in the answer that makes it; prints in clear
}

// AppList is apps in the order of their ids.
type AppList struct {
	Apps []App `json:"apps"`
}

// NewApp describes an app to be made.
type NewApp struct {
	Kind string `json:"kind"` // admin, checkin, contact
	Name string `json:"name,omitzero"`
}

// Apps returns the apps of the corporation, without their secrets.
func (c *Client) Apps(ctx context.Context) (*AppList, error) {
	return call[AppList](ctx, c, http.MethodGet, "/daka/apps", nil)
}

// CreateApp makes an app and returns it with its secret, which cannot be read
// again. It fails with BadRequest for a kind that does not exist.
func (c *Client) CreateApp(ctx context.Context, a NewApp) (*App, error) {
	return call[App](ctx, c, http.MethodPost, "/daka/apps", a)
}

// RotateApp gives an app a new secret; the old one and the tokens made with it
// end at once. It fails with BadRequest for an app that does not exist.
func (c *Client) RotateApp(ctx context.Context, agent int64) (*App, error) {
	return call[App](ctx, c, http.MethodPost, appPath(agent, "rotate"), nil)
}

// DisableApp ends an app and its tokens until EnableApp. The calling app cannot
// disable itself.
func (c *Client) DisableApp(ctx context.Context, agent int64) error {
	_, err := call[none](ctx, c, http.MethodPost, appPath(agent, "disable"), nil)
	return err
}

// EnableApp lets a disabled app be used again.
func (c *Client) EnableApp(ctx context.Context, agent int64) error {
	_, err := call[none](ctx, c, http.MethodPost, appPath(agent, "enable"), nil)
	return err
}

func appPath(agent int64, act string) string {
	return "/daka/apps/" + strconv.FormatInt(agent, 10) + "/" + act
}
