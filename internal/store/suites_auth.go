package store

import "github.com/dakahq/daka/internal/attendance"

// CodeKind says what a SuiteCode is for.
type CodeKind string

// The kinds of codes.
const (
	PreAuthCode CodeKind = "pre_auth" // begins an authorisation
	AuthCode    CodeKind = "auth"     // is exchanged for a permanent code
)

// SuiteCode is a code that counts once and for a short while.
type SuiteCode struct {
	Suite    SuiteID
	Hash     Hash
	Kind     CodeKind
	Corp     attendance.CorpID // whose authorisation; "" for a PreAuthCode
	AuthType int64             // 0 formal, 1 test
	Expires  int64             // Unix seconds, the first at which it no longer counts
	Used     int64             // Unix seconds; 0 while it was not
}

// AddSuiteCode adds a code.
func (tx *Tx) AddSuiteCode(c SuiteCode) error {
	_, err := tx.exec(`INSERT INTO suite_codes (suite_id, code_hash, kind, corp_id, auth_type, expires_at, used_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		string(c.Suite), string(c.Hash), string(c.Kind), string(c.Corp), c.AuthType, c.Expires, c.Used)
	return wrap(err, "add %s code of suite %q", c.Kind, c.Suite)
}

// SuiteCode returns a code, used and expired ones too, or ErrNotFound.
func (tx *Tx) SuiteCode(suite SuiteID, kind CodeKind, code Hash) (c SuiteCode, err error) {
	found, err := tx.one(`SELECT corp_id, auth_type, expires_at, used_at FROM suite_codes
		WHERE suite_id = $1 AND code_hash = $2 AND kind = $3`, func(r row) error {
		c = SuiteCode{
			Suite: suite, Hash: code, Kind: kind, Corp: attendance.CorpID(r.text(0)),
			AuthType: r.int(1), Expires: r.int(2), Used: r.int(3),
		}
		return nil
	}, string(suite), string(code), string(kind))
	return c, orNotFound(found, err, "%s code of suite %q", kind, suite)
}

// SetSuiteCode stores the AuthType and Used of a code that is there.
func (tx *Tx) SetSuiteCode(c SuiteCode) error {
	n, err := tx.exec("UPDATE suite_codes SET auth_type = $3, used_at = $4 WHERE suite_id = $1 AND code_hash = $2",
		string(c.Suite), string(c.Hash), c.AuthType, c.Used)
	return orNotFound(n > 0, err, "change %s code of suite %q", c.Kind, c.Suite)
}

// DropSuiteCodes forgets the codes of a suite that expired before an instant.
func (tx *Tx) DropSuiteCodes(suite SuiteID, before int64) error {
	_, err := tx.exec("DELETE FROM suite_codes WHERE suite_id = $1 AND expires_at < $2", string(suite), before)
	return wrap(err, "drop codes of suite %q", suite)
}

// SuiteAuth says that a corporation has, or had, a suite.
type SuiteAuth struct {
	Corp      attendance.CorpID
	Suite     SuiteID
	Agent     AgentID           // the app that the suite is in the corporation
	User      attendance.UserID // who authorised; "" = not said
	State     string
	AuthType  int64 // 0 formal, 1 test
	Created   int64 // Unix seconds
	Cancelled int64 // Unix seconds; 0 while it counts
}

const suiteAuthColumns = "SELECT corp_id, suite_id, agent_id, user_id, state, auth_type, created, cancelled FROM suite_auths "

// PutSuiteAuth stores an authorisation in place of an earlier one of the same
// corporation and suite.
func (tx *Tx) PutSuiteAuth(a SuiteAuth) error {
	_, err := tx.exec(`INSERT INTO suite_auths (corp_id, suite_id, agent_id, user_id, state, auth_type, created, cancelled)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (corp_id, suite_id) DO UPDATE SET agent_id = excluded.agent_id, user_id = excluded.user_id,
			state = excluded.state, auth_type = excluded.auth_type, created = excluded.created, cancelled = excluded.cancelled`,
		string(a.Corp), string(a.Suite), int64(a.Agent), string(a.User), a.State, a.AuthType, a.Created, a.Cancelled)
	return wrap(err, "store authorisation of suite %q by corp %q", a.Suite, a.Corp)
}

// SuiteAuth returns a corporation's authorisation of a suite, cancelled or not,
// or ErrNotFound.
func (tx *Tx) SuiteAuth(corp attendance.CorpID, suite SuiteID) (SuiteAuth, error) {
	all, err := tx.suiteAuths(suiteAuthColumns+"WHERE corp_id = $1 AND suite_id = $2", string(corp), string(suite))
	return first(all, err, "authorisation of suite %q by corp %q", suite, corp)
}

// SuiteAuthOf returns the authorisation that an app of a corporation stands
// for, or ErrNotFound.
func (tx *Tx) SuiteAuthOf(corp attendance.CorpID, agent AgentID) (SuiteAuth, error) {
	all, err := tx.suiteAuths(suiteAuthColumns+"WHERE corp_id = $1 AND agent_id = $2", string(corp), int64(agent))
	return first(all, err, "authorisation of app %d of corp %q", agent, corp)
}

// SuiteAuths returns the authorisations of a suite, cancelled ones too, in the
// order of the corporations.
func (tx *Tx) SuiteAuths(suite SuiteID) ([]SuiteAuth, error) {
	all, err := tx.suiteAuths(suiteAuthColumns+"WHERE suite_id = $1 ORDER BY corp_id", string(suite))
	return all, wrap(err, "list authorisations of suite %q", suite)
}

func (tx *Tx) suiteAuths(sql string, args ...any) (all []SuiteAuth, err error) {
	err = tx.query(sql, func(r row) error {
		all = append(all, SuiteAuth{
			Corp: attendance.CorpID(r.text(0)), Suite: SuiteID(r.text(1)), Agent: AgentID(r.int(2)),
			User: attendance.UserID(r.text(3)), State: r.text(4), AuthType: r.int(5), Created: r.int(6), Cancelled: r.int(7),
		})
		return nil
	}, args...)
	return all, err
}
