package store

import "github.com/dakahq/daka/internal/attendance"

// Token is an access token that was given out. Its text is not stored: package
// app makes it again from the app's secret and the nonce.
type Token struct {
	Hash    Hash
	Corp    attendance.CorpID
	Agent   AgentID
	Nonce   string
	Issued  int64 // Unix seconds
	Expires int64 // Unix seconds, the first at which it no longer counts
	Revoked int64 // Unix seconds; 0 while it counts
}

const tokenColumns = "SELECT token_hash, corp_id, agent_id, nonce, issued_at, expires_at, revoked FROM tokens "

// AddToken adds a token; ErrConflict when its hash is there.
func (tx *Tx) AddToken(t Token) error {
	_, err := tx.exec(`INSERT INTO tokens (token_hash, corp_id, agent_id, nonce, issued_at, expires_at, revoked)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		string(t.Hash), string(t.Corp), int64(t.Agent), t.Nonce, t.Issued, t.Expires, t.Revoked)
	return wrap(err, "add token of app %d of corp %q", t.Agent, t.Corp)
}

// TokenByHash returns a token, expired and revoked ones too, or ErrNotFound.
func (tx *Tx) TokenByHash(h Hash) (Token, error) {
	all, err := tx.tokens(tokenColumns+"WHERE token_hash = $1", string(h))
	return first(all, err, "token")
}

// LiveToken returns the token of an app that counts longest from now on, or
// ErrNotFound.
func (tx *Tx) LiveToken(corp attendance.CorpID, agent AgentID, now int64) (Token, error) {
	all, err := tx.tokens(tokenColumns+`WHERE corp_id = $1 AND agent_id = $2 AND expires_at > $3 AND revoked = 0
		ORDER BY expires_at DESC, token_hash LIMIT 1`, string(corp), int64(agent), now)
	return first(all, err, "live token of app %d of corp %q", agent, corp)
}

// RevokeToken ends a token at an instant; ErrNotFound when there is none that
// counts.
func (tx *Tx) RevokeToken(h Hash, at int64) error {
	n, err := tx.exec("UPDATE tokens SET revoked = $2 WHERE token_hash = $1 AND revoked = 0", string(h), at)
	return orNotFound(n > 0, err, "revoke token")
}

// RevokeTokens ends all tokens of an app and returns how many those were.
func (tx *Tx) RevokeTokens(corp attendance.CorpID, agent AgentID, at int64) (int64, error) {
	n, err := tx.exec("UPDATE tokens SET revoked = $3 WHERE corp_id = $1 AND agent_id = $2 AND revoked = 0",
		string(corp), int64(agent), at)
	return n, wrap(err, "revoke tokens of app %d of corp %q", agent, corp)
}

// DropTokens forgets the tokens of an app that expired before an instant.
func (tx *Tx) DropTokens(corp attendance.CorpID, agent AgentID, before int64) error {
	_, err := tx.exec("DELETE FROM tokens WHERE corp_id = $1 AND agent_id = $2 AND expires_at < $3",
		string(corp), int64(agent), before)
	return wrap(err, "drop tokens of app %d of corp %q", agent, corp)
}

func (tx *Tx) tokens(sql string, args ...any) (all []Token, err error) {
	err = tx.query(sql, func(r row) error {
		all = append(all, Token{
			Hash: Hash(r.text(0)), Corp: attendance.CorpID(r.text(1)), Agent: AgentID(r.int(2)),
			Nonce: r.text(3), Issued: r.int(4), Expires: r.int(5), Revoked: r.int(6),
		})
		return nil
	}, args...)
	return all, err
}
