package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"slices"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// Permission is what a corporation grants the app of a provider, in the words
// of app_permissions (document 99052).
type Permission string

// The permissions that calls ask for.
const (
	CheckinPermission Permission = "checkin:app:base"
	DevicePermission  Permission = "hardware:checkin:checkin_data" // daka's sign that the device model is linked to the app

	ApprovalPermission Permission = "approval:base:base" // approval forms and kinds of leave
)

// AllPermissions are the permissions there are. Nobody may change it.
var AllPermissions = []Permission{CheckinPermission, DevicePermission, ApprovalPermission}

func checkPermissions(list []Permission) error {
	for _, p := range list {
		if !slices.Contains(AllPermissions, p) {
			return badInput("permission %q: one of %s, %s, %s", p, CheckinPermission, DevicePermission, ApprovalPermission)
		}
	}
	return nil
}

// Range is the part of a corporation that an app sees: the departments with all
// that lies below them, the members, and those who have the tags. The zero
// value is everybody.
type Range struct {
	Depts []attendance.DeptID `json:"party,omitempty"`
	Users []attendance.UserID `json:"user,omitempty"`
	Tags  []attendance.TagID  `json:"tag,omitempty"`
}

// Everybody reports whether nobody is left out.
func (r *Range) Everybody() bool { return len(r.Depts) == 0 && len(r.Users) == 0 && len(r.Tags) == 0 }

// Access is how far an app reaches. The zero value is that of a self-built app
// without limits.
type Access struct {
	Range       Range          `json:"range,omitzero"`
	Addresses   []netip.Prefix `json:"addresses,omitempty"`   // trusted addresses; none = any
	Permissions []Permission   `json:"permissions,omitempty"` // of provider-developed and third-party apps
}

// text is how the store keeps it.
func (c *Access) text() (string, error) {
	text, err := json.Marshal(c)
	if err != nil {
		return "", fmt.Errorf("write the access of an app: %w", err)
	}
	return string(text), nil
}

func accessOf(app *store.App) (c Access, err error) {
	if app.Access == "" {
		return c, nil
	}
	if err := json.Unmarshal([]byte(app.Access), &c); err != nil {
		return c, fmt.Errorf("read the access of app %d of corp %q: %w", app.Agent, app.Corp, err)
	}
	return c, nil
}

// trusts reports whether a call may come from an address. One that is not
// known is trusted where any is.
func (c *Access) trusts(from netip.Addr) bool {
	return len(c.Addresses) == 0 || slices.ContainsFunc(c.Addresses, func(p netip.Prefix) bool { return p.Contains(from.Unmap()) })
}

// Access returns how far an app reaches; ErrBadInput when there is no such app.
func (a *App) Access(ctx context.Context, corp attendance.CorpID, agent int64) (access Access, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		row, err := tx.App(corp, store.AgentID(agent))
		if errors.Is(err, store.ErrNotFound) {
			return badInput("agent %d: no such app", agent)
		}
		if err == nil {
			access, err = accessOf(&row)
		}
		return err
	})
	return access, err
}

// SetAccess changes how far an app reaches, from the next call on. It returns
// ErrBadInput for a department or member that does not exist, and for an app
// of a provider, who must be told: see ChangeSuite.
func (a *App) SetAccess(ctx context.Context, corp attendance.CorpID, agent int64, access Access) error {
	return a.db.Write(ctx, func(tx *store.Tx) error {
		app, err := tx.App(corp, store.AgentID(agent))
		switch kind := AppKind(app.Kind); {
		case errors.Is(err, store.ErrNotFound):
			return badInput("agent %d: no such app", agent)
		case err != nil:
			return err
		case kind.OfProvider():
			return badInput("agent %d: the app of a suite, which changes with its authorisation", agent)
		case len(access.Permissions) > 0:
			return badInput("permissions: a %s app may what its kind may; the apps of providers alone are granted any", kind)
		}
		if err := a.setAccess(tx, corp, store.AgentID(agent), &access); err != nil {
			return err
		}
		return a.note(ctx, tx, corp, act{"app.access", []string{appSubject(agent)}, access})
	})
}

func (a *App) setAccess(tx *store.Tx, corp attendance.CorpID, agent store.AgentID, access *Access) error {
	if err := a.checkAccess(tx, corp, access); err != nil {
		return err
	}
	text, err := access.text()
	if err != nil {
		return err
	}
	return tx.SetAppAccess(corp, agent, text)
}

func (a *App) checkAccess(tx *store.Tx, corp attendance.CorpID, access *Access) error {
	depts, err := tx.Departments(corp, a.Now())
	if err != nil {
		return err
	}
	for _, id := range access.Range.Depts {
		if !slices.ContainsFunc(depts, func(d attendance.Department) bool { return d.ID == id }) {
			return badInput("range: department %d does not exist", id)
		}
	}
	known, err := tx.ResolveUsers(corp, access.Range.Users)
	if err != nil {
		return err
	}
	for _, u := range access.Range.Users {
		if _, ok := known[u.Fold()]; !ok {
			return badInput("range: userid %q: no such member", u)
		}
	}
	for _, p := range access.Addresses {
		if !p.IsValid() {
			return badInput("addresses: %s is no network", p)
		}
	}
	return checkPermissions(access.Permissions)
}

// Trusts reports whether the app may call from an address.
func (c *Caller) Trusts(from netip.Addr) bool { return c.access.trusts(from) }

// Permissions returns what the app was granted. A self-built check-in app has
// what it is for.
func (c *Caller) Permissions() []Permission {
	if c.Kind == CheckinApp || c.Kind == SystemApp {
		return []Permission{CheckinPermission}
	}
	return c.access.Permissions
}

// MayCall reports whether the app may make a call of the check-in interface: by
// its kind, as the pages of the calls say, and by what it was granted. The app
// of the old system's secret may what a self-built one may.
func (c *Caller) MayCall(op checkin.Operation) bool {
	var needs checkin.Access
	switch c.Kind {
	case CheckinApp, SystemApp:
		needs = op.SelfBuilt
	case ProviderApp:
		needs = op.ProviderDeveloped
	case SuiteApp:
		needs = op.ThirdParty
	}
	has := func(p Permission) bool { return slices.Contains(c.access.Permissions, p) }
	switch needs {
	case checkin.Configured:
		return true
	case checkin.Permission:
		return has(CheckinPermission)
	case checkin.PermissionAndModel:
		return has(CheckinPermission) && has(DevicePermission)
	}
	return false
}

// MayReadApprovals reports whether the app may read approval forms and kinds of
// leave (documents 91816, 91983, 93375): a provider's with the permission,
// others by their kind.
func (c *Caller) MayReadApprovals() bool {
	if c.Kind.OfProvider() {
		return slices.Contains(c.access.Permissions, ApprovalPermission)
	}
	return c.Kind == CheckinApp || c.Kind == SystemApp || c.Kind == AdminApp
}
