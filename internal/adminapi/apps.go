package adminapi

import (
	"strconv"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/app"
)

func (c *call) apps() (any, error) {
	states, err := c.api.app.AppStates(c.ctx(), c.corp().ID)
	if err != nil {
		return nil, err
	}
	var list admin.AppList
	for _, s := range states {
		list.Apps = append(list.Apps, admin.App{Agent: s.Agent, Kind: string(s.Kind), Name: s.Name, Disabled: s.Disabled})
	}
	return list, nil
}

func (c *call) createApp(n *admin.NewApp) (any, error) {
	made, err := c.api.app.CreateApp(c.ctx(), c.corp().ID, app.AppKind(n.Kind), n.Name)
	return appOut(made), err
}

func (c *call) rotateApp() (any, error) {
	agent, err := c.agent()
	if err != nil {
		return nil, err
	}
	made, err := c.api.app.RotateSecret(c.ctx(), c.corp().ID, agent)
	return appOut(made), err
}

// appOut shows an app with its secret, to the one who made it.
func appOut(made app.Credential) admin.App {
	return admin.App{Agent: made.Agent, Kind: string(made.Kind), Name: made.Name, Secret: made.Secret.Reveal()}
}

func (c *call) disableApp() (any, error) {
	agent, err := c.agent()
	if err != nil {
		return nil, err
	}
	if agent == c.caller.Agent {
		return nil, &admin.Error{Code: admin.Conflict, Message: "an app cannot disable itself", Field: "agent"}
	}
	return done{}, c.api.app.DisableApp(c.ctx(), c.corp().ID, agent)
}

func (c *call) enableApp() (any, error) {
	agent, err := c.agent()
	if err != nil {
		return nil, err
	}
	return done{}, c.api.app.EnableApp(c.ctx(), c.corp().ID, agent)
}

// agent reads the app that the path names.
func (c *call) agent() (int64, error) {
	agent, err := strconv.ParseInt(c.r.PathValue("agent"), 10, 64)
	if err != nil {
		return 0, bad("agent", "want the number of an app")
	}
	return agent, nil
}
