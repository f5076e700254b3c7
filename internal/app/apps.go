package app

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// AppKind says what an app may do.
type AppKind string

// The kinds of apps.
const (
	AdminApp   AppKind = "admin"   // daka's own operations
	CheckinApp AppKind = "checkin" // a self-built app that may call the check-in interface
	ContactApp AppKind = "contact" // contact sync: reads the directory, user/list_id included

	SystemApp   AppKind = "system"             // the 打卡 app itself, for corporations that used its secret before 2023-12-01
	ProviderApp AppKind = "provider-developed" // made by a provider for one corporation (代开发)
	SuiteApp    AppKind = "third-party"        // made by a provider for many
)

// OfProvider reports whether an app of this kind is what a provider's suite is
// in a corporation.
func (k AppKind) OfProvider() bool { return k == ProviderApp || k == SuiteApp }

// appNames are the names of apps that are given none.
var appNames = map[AppKind]string{AdminApp: "管理", CheckinApp: "打卡", ContactApp: "通讯录同步", SystemApp: "打卡"}

// Credential is an app with its secret, which is shown once and cannot be read again.
type Credential struct {
	Agent  int64
	Kind   AppKind
	Name   string
	Secret Secret
}

// NewCorp describes a corporation to be created.
type NewCorp struct {
	ID   attendance.CorpID // "" = a random one
	Name string            // "" = the id
	Zone string            // IANA name; "" = attendance.DefaultZone
	Test bool              // a test database: clock and faults may be turned
}

// firstAgent is the agent id of a corporation's first app.
const firstAgent = 1000001

var corpIDPattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$`)

// Check refuses, with ErrBadInput, an id or a zone that no corporation can have.
func (n *NewCorp) Check() error {
	if n.ID != "" && !corpIDPattern.MatchString(string(n.ID)) {
		return badInput("corp id %q: 1 to 64 letters, digits, - and _", n.ID)
	}
	if _, err := attendance.LoadZone(n.Zone); err != nil {
		return badInput("%v", err)
	}
	return nil
}

// CreateCorp makes a corporation with its root department, an admin app and a
// check-in app. The first corporation decides whether the database is a test
// one; a later one must agree.
func (a *App) CreateCorp(ctx context.Context, n NewCorp) (*Corp, []Credential, error) {
	if n.ID == "" {
		n.ID = attendance.CorpID("ww" + strings.NewReplacer("-", "0", "_", "1").Replace(randomText(12)))
	}
	if err := n.Check(); err != nil {
		return nil, nil, err
	}
	if n.Name == "" {
		n.Name = string(n.ID)
	}
	if n.Zone == "" {
		n.Zone = attendance.DefaultZone
	}
	zone, err := a.zone(n.Zone)
	if err != nil {
		return nil, nil, badInput("%v", err)
	}
	now := a.Now()
	credentials := []Credential{newCredential(firstAgent, AdminApp, ""), newCredential(firstAgent+1, CheckinApp, "")}
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		if err := bear(tx, n.Test, now); err != nil {
			return err
		}
		if err := tx.AddCorp(store.Corp{ID: n.ID, Name: n.Name, Zone: n.Zone, Created: now}); err != nil {
			if errors.Is(err, store.ErrConflict) {
				return fmt.Errorf("corporation %q: %w", n.ID, ErrCorpExists)
			}
			return err
		}
		root := store.DepartmentVersion{Department: attendance.Department{ID: attendance.RootDept, Name: n.Name}, KnownAt: now}
		if err := tx.AddDepartments(n.ID, []store.DepartmentVersion{root}); err != nil {
			return err
		}
		for i := range credentials {
			if err := tx.AddApp(appRow(n.ID, &credentials[i], now)); err != nil {
				return err
			}
		}
		return a.note(ctx, tx, n.ID, act{"corp.create", []string{"corp:" + string(n.ID)}, n})
	})
	if err != nil {
		return nil, nil, err
	}
	return &Corp{ID: n.ID, Name: n.Name, Zone: zone}, credentials, nil
}

// bear fixes what a new database is for, or checks that an old one agrees.
func bear(tx *store.Tx, test bool, now int64) error {
	kind := store.Live
	if test {
		kind = store.Test
	}
	meta, err := tx.Meta()
	if errors.Is(err, store.ErrNotFound) {
		return tx.SetMeta(store.Meta{Kind: kind, Created: now})
	}
	if err == nil && meta.Kind != kind {
		return badInput("the database was made as a %s database and cannot become a %s one", meta.Kind, kind)
	}
	return err
}

func newCredential(agent int64, kind AppKind, name string) Credential {
	if name == "" {
		name = appNames[kind]
	}
	return Credential{Agent: agent, Kind: kind, Name: name, Secret: Secret(randomText(32))}
}

func appRow(corp attendance.CorpID, c *Credential, now int64) store.App {
	return store.App{
		Corp: corp, Agent: store.AgentID(c.Agent), Name: c.Name, Kind: store.AppKind(c.Kind),
		SecretHash: c.Secret.hash(), Created: now,
	}
}

// CreateApp adds an app to a corporation and returns its secret, once. The apps
// of providers come by AuthorizeSuite.
func (a *App) CreateApp(ctx context.Context, corp attendance.CorpID, kind AppKind, name string) (Credential, error) {
	switch {
	case kind.OfProvider():
		return Credential{}, badInput("app kind %q: it comes of a suite that the corporation authorises", kind)
	case appNames[kind] == "":
		return Credential{}, badInput("app kind %q: one of admin, checkin, contact, system", kind)
	}
	var c Credential
	err := a.db.Write(ctx, func(tx *store.Tx) error {
		apps, err := tx.Apps(corp)
		if err != nil {
			return err
		}
		c = newCredential(nextAgent(apps), kind, name)
		if err := tx.AddApp(appRow(corp, &c, a.Now())); err != nil {
			return err
		}
		return a.note(ctx, tx, corp, act{"app.create", []string{appSubject(c.Agent)}, kind})
	})
	return c, err
}

// nextAgent is the agent id for one more app.
func nextAgent(apps []store.App) int64 {
	agent := int64(firstAgent)
	for _, app := range apps {
		agent = max(agent, int64(app.Agent)+1)
	}
	return agent
}

// RotateSecret gives an app a new secret; the old one and the tokens made
// with it end at once. It returns ErrBadInput for an app that does not exist,
// and for one of a provider: see ResetPermanentCode.
func (a *App) RotateSecret(ctx context.Context, corp attendance.CorpID, agent int64) (Credential, error) {
	var c Credential
	err := a.db.Write(ctx, func(tx *store.Tx) error {
		row, err := tx.App(corp, store.AgentID(agent))
		if errors.Is(err, store.ErrNotFound) {
			return badInput("agent %d: no such app", agent)
		}
		if err != nil {
			return err
		}
		if AppKind(row.Kind).OfProvider() {
			return badInput("agent %d: the secret of a suite's app is its permanent code, which its provider fetches anew", agent)
		}
		c = newCredential(agent, AppKind(row.Kind), row.Name)
		if err := tx.SetAppSecret(corp, row.Agent, c.Secret.hash()); err != nil {
			return err
		}
		if _, err := tx.RevokeTokens(corp, row.Agent, a.Now()); err != nil {
			return err
		}
		return a.note(ctx, tx, corp, act{action: "app.rotate", subjects: []string{appSubject(agent)}})
	})
	return c, err
}
