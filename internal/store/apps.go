package store

import "github.com/dakahq/daka/internal/attendance"

// AgentID names an app of a corporation (agentid).
type AgentID int64

// AppKind says what an app may do. Its values belong to package app.
type AppKind string

// Hash is the SHA-256 of a secret or a token, in lower-case hex. What it was
// made of is never stored.
type Hash string

// App is one credential of a corporation.
type App struct {
	Corp       attendance.CorpID
	Agent      AgentID
	Name       string
	Kind       AppKind
	SecretHash Hash
	Created    int64  // Unix seconds
	Disabled   int64  // Unix seconds; 0 while it may be used
	Access     string // a JSON document of package app; "" = nothing set
}

const appColumns = "SELECT corp_id, agent_id, name, kind, secret_hash, created, disabled, access FROM apps "

// AddApp adds an app; ErrConflict when its agent id or its secret is taken.
func (tx *Tx) AddApp(a App) error {
	_, err := tx.exec(`INSERT INTO apps (corp_id, agent_id, name, kind, secret_hash, created, disabled, access)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		string(a.Corp), int64(a.Agent), a.Name, string(a.Kind), string(a.SecretHash), a.Created, a.Disabled, a.Access)
	return wrap(err, "add app %d of corp %q", a.Agent, a.Corp)
}

// App returns an app, or ErrNotFound.
func (tx *Tx) App(corp attendance.CorpID, agent AgentID) (App, error) {
	apps, err := tx.apps(appColumns+"WHERE corp_id = $1 AND agent_id = $2", string(corp), int64(agent))
	return first(apps, err, "app %d of corp %q", agent, corp)
}

// AppBySecret returns the app whose secret has the hash, disabled or not, or
// ErrNotFound.
func (tx *Tx) AppBySecret(corp attendance.CorpID, secret Hash) (App, error) {
	apps, err := tx.apps(appColumns+"WHERE corp_id = $1 AND secret_hash = $2", string(corp), string(secret))
	return first(apps, err, "app of corp %q with that secret", corp)
}

// Apps returns the apps of a corporation in the order of their ids.
func (tx *Tx) Apps(corp attendance.CorpID) ([]App, error) {
	apps, err := tx.apps(appColumns+"WHERE corp_id = $1 ORDER BY agent_id", string(corp))
	return apps, wrap(err, "list apps of corp %q", corp)
}

// SetAppSecret replaces an app's secret. It leaves the tokens alone: see
// RevokeTokens.
func (tx *Tx) SetAppSecret(corp attendance.CorpID, agent AgentID, secret Hash) error {
	n, err := tx.exec("UPDATE apps SET secret_hash = $3 WHERE corp_id = $1 AND agent_id = $2",
		string(corp), int64(agent), string(secret))
	return orNotFound(n > 0, err, "set secret of app %d of corp %q", agent, corp)
}

// SetAppAccess replaces an app's access document.
func (tx *Tx) SetAppAccess(corp attendance.CorpID, agent AgentID, access string) error {
	n, err := tx.exec("UPDATE apps SET access = $3 WHERE corp_id = $1 AND agent_id = $2",
		string(corp), int64(agent), access)
	return orNotFound(n > 0, err, "set access of app %d of corp %q", agent, corp)
}

// DisableApp ends an app at an instant, or lets it be used again with 0. It
// leaves the tokens alone: see RevokeTokens.
func (tx *Tx) DisableApp(corp attendance.CorpID, agent AgentID, at int64) error {
	n, err := tx.exec("UPDATE apps SET disabled = $3 WHERE corp_id = $1 AND agent_id = $2",
		string(corp), int64(agent), at)
	return orNotFound(n > 0, err, "disable app %d of corp %q", agent, corp)
}

func (tx *Tx) apps(sql string, args ...any) (all []App, err error) {
	err = tx.query(sql, func(r row) error {
		all = append(all, App{
			Corp: attendance.CorpID(r.text(0)), Agent: AgentID(r.int(1)), Name: r.text(2),
			Kind: AppKind(r.text(3)), SecretHash: Hash(r.text(4)), Created: r.int(5), Disabled: r.int(6),
			Access: r.text(7),
		})
		return nil
	}, args...)
	return all, err
}

// first returns the first of a list, or ErrNotFound.
func first[T any](all []T, err error, format string, args ...any) (T, error) {
	var none T
	if err := orNotFound(len(all) > 0, err, format, args...); err != nil {
		return none, err
	}
	return all[0], nil
}
