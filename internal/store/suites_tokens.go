package store

import "github.com/dakahq/daka/internal/attendance"

// ServiceKind says what a ServiceToken stands for.
type ServiceKind string

// The kinds of service tokens.
const (
	SuiteService    ServiceKind = "suite"    // suite_access_token; the owner is a SuiteID
	ProviderService ServiceKind = "provider" // provider_access_token; the owner is a CorpID
)

// ServiceToken is a token of a provider that was given out. Its text is not
// stored: package app makes it again from the secret and the nonce.
type ServiceToken struct {
	Hash    Hash
	Kind    ServiceKind
	Owner   string
	Nonce   string
	Expires int64 // Unix seconds, the first at which it no longer counts
}

const serviceColumns = "SELECT token_hash, kind, owner, nonce, expires_at FROM service_tokens "

// AddServiceToken adds a token; ErrConflict when its hash is there.
func (tx *Tx) AddServiceToken(t ServiceToken) error {
	_, err := tx.exec("INSERT INTO service_tokens (token_hash, kind, owner, nonce, expires_at) VALUES ($1, $2, $3, $4, $5)",
		string(t.Hash), string(t.Kind), t.Owner, t.Nonce, t.Expires)
	return wrap(err, "add %s token of %q", t.Kind, t.Owner)
}

// ServiceTokenByHash returns a token, expired ones too, or ErrNotFound.
func (tx *Tx) ServiceTokenByHash(kind ServiceKind, h Hash) (ServiceToken, error) {
	all, err := tx.serviceTokens(serviceColumns+"WHERE token_hash = $1 AND kind = $2", string(h), string(kind))
	return first(all, err, "%s token", kind)
}

// LiveServiceToken returns the token of an owner that counts longest from now
// on, or ErrNotFound.
func (tx *Tx) LiveServiceToken(kind ServiceKind, owner string, now int64) (ServiceToken, error) {
	all, err := tx.serviceTokens(serviceColumns+`WHERE kind = $1 AND owner = $2 AND expires_at > $3
		ORDER BY expires_at DESC, token_hash LIMIT 1`, string(kind), owner, now)
	return first(all, err, "live %s token of %q", kind, owner)
}

// DropServiceTokens forgets the tokens of an owner that expire before an
// instant.
func (tx *Tx) DropServiceTokens(kind ServiceKind, owner string, before int64) error {
	_, err := tx.exec("DELETE FROM service_tokens WHERE kind = $1 AND owner = $2 AND expires_at < $3",
		string(kind), owner, before)
	return wrap(err, "drop %s tokens of %q", kind, owner)
}

func (tx *Tx) serviceTokens(sql string, args ...any) (all []ServiceToken, err error) {
	err = tx.query(sql, func(r row) error {
		all = append(all, ServiceToken{
			Hash: Hash(r.text(0)), Kind: ServiceKind(r.text(1)), Owner: r.text(2), Nonce: r.text(3), Expires: r.int(4),
		})
		return nil
	}, args...)
	return all, err
}

// PutProvider makes a corporation a provider, or gives it a new secret. It
// leaves the tokens alone: see DropServiceTokens.
func (tx *Tx) PutProvider(corp attendance.CorpID, secret Hash, created int64) error {
	_, err := tx.exec(`INSERT INTO providers (corp_id, secret_hash, created) VALUES ($1, $2, $3)
		ON CONFLICT (corp_id) DO UPDATE SET secret_hash = excluded.secret_hash`, string(corp), string(secret), created)
	return wrap(err, "store provider %q", corp)
}

// Provider returns a provider's secret, or ErrNotFound.
func (tx *Tx) Provider(corp attendance.CorpID) (secret Hash, err error) {
	found, err := tx.one("SELECT secret_hash FROM providers WHERE corp_id = $1",
		func(r row) error { secret = Hash(r.text(0)); return nil }, string(corp))
	return secret, orNotFound(found, err, "provider %q", corp)
}
