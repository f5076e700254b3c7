package store

// SuiteID names a third-party app or the template of provider-developed ones
// (suite_id).
type SuiteID string

// Suite is an app that a provider offers to many corporations.
type Suite struct {
	ID          SuiteID
	Kind        AppKind // of the apps that it becomes in the corporations
	Name        string
	SecretHash  Hash
	URL         string // where its callbacks go; "" = nowhere
	Sealed      string // what its callbacks are encrypted with, sealed
	Permissions string // a JSON document of package app
	Created     int64  // Unix seconds
}

const suiteColumns = "SELECT suite_id, kind, name, secret_hash, callback_url, sealed, permissions, created FROM suites "

// AddSuite adds a suite; ErrConflict when its id is taken.
func (tx *Tx) AddSuite(s Suite) error {
	_, err := tx.exec(`INSERT INTO suites (suite_id, kind, name, secret_hash, callback_url, sealed, permissions, created)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		string(s.ID), string(s.Kind), s.Name, string(s.SecretHash), s.URL, s.Sealed, s.Permissions, s.Created)
	return wrap(err, "add suite %q", s.ID)
}

// Suite returns a suite, or ErrNotFound.
func (tx *Tx) Suite(id SuiteID) (Suite, error) {
	all, err := tx.suites(suiteColumns+"WHERE suite_id = $1", string(id))
	return first(all, err, "suite %q", id)
}

// Suites returns all suites in the order of their ids.
func (tx *Tx) Suites() ([]Suite, error) {
	all, err := tx.suites(suiteColumns + "ORDER BY suite_id")
	return all, wrap(err, "list suites")
}

// SetSuiteSecret replaces a suite's secret. It leaves the tokens alone: see
// DropServiceTokens.
func (tx *Tx) SetSuiteSecret(id SuiteID, secret Hash) error {
	n, err := tx.exec("UPDATE suites SET secret_hash = $2 WHERE suite_id = $1", string(id), string(secret))
	return orNotFound(n > 0, err, "set secret of suite %q", id)
}

// SetSuiteCallback replaces where a suite's callbacks go and what they are
// encrypted with, sealed; ErrNotFound for a suite that is not there.
func (tx *Tx) SetSuiteCallback(id SuiteID, url, sealed string) error {
	n, err := tx.exec("UPDATE suites SET callback_url = $2, sealed = $3 WHERE suite_id = $1", string(id), url, sealed)
	return orNotFound(n > 0, err, "set callback of suite %q", id)
}

func (tx *Tx) suites(sql string, args ...any) (all []Suite, err error) {
	err = tx.query(sql, func(r row) error {
		all = append(all, Suite{
			ID: SuiteID(r.text(0)), Kind: AppKind(r.text(1)), Name: r.text(2), SecretHash: Hash(r.text(3)),
			URL: r.text(4), Sealed: r.text(5), Permissions: r.text(6), Created: r.int(7),
		})
		return nil
	}, args...)
	return all, err
}

// AddSuiteTicket adds a suite_ticket, which counts from an instant on.
func (tx *Tx) AddSuiteTicket(id SuiteID, ticket Hash, issued int64) error {
	_, err := tx.exec("INSERT INTO suite_tickets (suite_id, ticket_hash, issued_at) VALUES ($1, $2, $3)",
		string(id), string(ticket), issued)
	return wrap(err, "add ticket of suite %q", id)
}

// SuiteTicket returns when a ticket was issued, or ErrNotFound.
func (tx *Tx) SuiteTicket(id SuiteID, ticket Hash) (issued int64, err error) {
	found, err := tx.one("SELECT issued_at FROM suite_tickets WHERE suite_id = $1 AND ticket_hash = $2",
		func(r row) error { issued = r.int(0); return nil }, string(id), string(ticket))
	return issued, orNotFound(found, err, "ticket of suite %q", id)
}

// LatestSuiteTicket returns when the latest ticket of a suite was issued, 0
// when none was.
func (tx *Tx) LatestSuiteTicket(id SuiteID) (issued int64, err error) {
	err = tx.query("SELECT coalesce(max(issued_at), 0) FROM suite_tickets WHERE suite_id = $1",
		func(r row) error { issued = r.int(0); return nil }, string(id))
	return issued, wrap(err, "latest ticket of suite %q", id)
}

// DropSuiteTickets forgets the tickets of a suite issued before an instant.
func (tx *Tx) DropSuiteTickets(id SuiteID, before int64) error {
	_, err := tx.exec("DELETE FROM suite_tickets WHERE suite_id = $1 AND issued_at < $2", string(id), before)
	return wrap(err, "drop tickets of suite %q", id)
}
