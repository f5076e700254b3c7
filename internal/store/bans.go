package store

// WrongSecrets is what is known of an address that sent wrong secrets.
type WrongSecrets struct {
	Address     string
	Since       int64 // Unix seconds of the first one counted
	Failures    int64
	BannedUntil int64 // Unix seconds, the first at which it is heard again; 0 = it is
}

// WrongSecrets returns what is known of an address, or ErrNotFound.
func (tx *Tx) WrongSecrets(address string) (w WrongSecrets, err error) {
	found, err := tx.one("SELECT address, since, failures, banned_until FROM wrong_secrets WHERE address = $1", func(r row) error {
		w = WrongSecrets{r.text(0), r.int(1), r.int(2), r.int(3)}
		return nil
	}, address)
	return w, orNotFound(found, err, "wrong secrets from %s", address)
}

// PutWrongSecrets stores what is known of an address.
func (tx *Tx) PutWrongSecrets(w WrongSecrets) error {
	_, err := tx.exec(`INSERT INTO wrong_secrets (address, since, failures, banned_until) VALUES ($1, $2, $3, $4)
		ON CONFLICT (address) DO UPDATE SET since = excluded.since, failures = excluded.failures, banned_until = excluded.banned_until`,
		w.Address, w.Since, w.Failures, w.BannedUntil)
	return wrap(err, "count wrong secrets from %s", w.Address)
}

// DropWrongSecrets forgets the addresses whose count began, and whose ban
// ended, before an instant.
func (tx *Tx) DropWrongSecrets(before int64) error {
	_, err := tx.exec("DELETE FROM wrong_secrets WHERE since < $1 AND banned_until < $1", before)
	return wrap(err, "drop wrong secrets")
}
