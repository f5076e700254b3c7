package app

import (
	"context"

	"github.com/dakahq/daka/internal/store"
)

// CallbackEdit is a change of a suite's callback. What is nil or empty stays as
// it is.
type CallbackEdit struct {
	URL            *string // "" = nowhere
	Token          Secret
	EncodingAESKey Secret
	Renew          bool // a random token and key in the place of those that are not said
}

// SetCallback changes where a suite's callback goes and what it is encrypted
// with: from the next push on, whoever has the old ones cannot read it any more.
// The tokens and permanent codes of the suite go on. It is on record with every
// corporation whose authorisation counts. It returns ErrSuite, ErrNoKey or
// ErrBadInput, and when a secret is kept an error where it was sealed with another
// key.
func (a *App) SetCallback(ctx context.Context, id SuiteID, e CallbackEdit) (c SuiteCredential, err error) {
	if e.Renew {
		made := SuiteCredential{CallbackToken: e.Token, EncodingAESKey: e.EncodingAESKey}
		made.fill()
		e.Token, e.EncodingAESKey = made.CallbackToken, made.EncodingAESKey
	}
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		row, err := suite(tx, id)
		if err != nil {
			return err
		}
		if c, err = a.callbackAfter(&row, e); err != nil {
			return err
		}
		sealed, err := a.sealCallback(&c)
		if err != nil {
			return err
		}
		if err := tx.SetSuiteCallback(row.ID, c.CallbackURL, sealed); err != nil {
			return err
		}
		return a.noteCallback(ctx, tx, &c)
	})
	return c, err
}

// CheckCallback is SetCallback without storing anything.
func (a *App) CheckCallback(ctx context.Context, id SuiteID, e CallbackEdit) error {
	return a.db.Read(ctx, func(tx *store.Tx) error {
		row, err := suite(tx, id)
		if err != nil {
			return err
		}
		c, err := a.callbackAfter(&row, e)
		if err == nil {
			_, err = a.sealCallback(&c)
		}
		return err
	})
}

// callbackAfter is what an edit makes of a suite.
func (a *App) callbackAfter(row *store.Suite, e CallbackEdit) (c SuiteCredential, err error) {
	if c.Suite, err = suiteOf(row); err != nil {
		return c, err
	}
	c.CallbackToken, c.EncodingAESKey = e.Token, e.EncodingAESKey
	if e.Token == "" || e.EncodingAESKey == "" {
		old, err := a.openCallback(row)
		if err != nil {
			return c, err
		}
		if e.Token == "" {
			c.CallbackToken = old.Token
		}
		if e.EncodingAESKey == "" {
			c.EncodingAESKey = old.EncodingAESKey
		}
	}
	if e.URL != nil {
		c.CallbackURL = *e.URL
	}
	return c, c.check()
}

// noteCallback puts the change of a callback on record where the suite is an app.
func (a *App) noteCallback(ctx context.Context, tx *store.Tx, c *SuiteCredential) error {
	auths, err := tx.SuiteAuths(store.SuiteID(c.ID))
	if err != nil {
		return err
	}
	for _, auth := range auths {
		if auth.Cancelled != 0 {
			continue
		}
		did := act{"suite.callback", []string{appSubject(int64(auth.Agent))}, c.Suite}
		if err := a.note(ctx, tx, auth.Corp, did); err != nil {
			return err
		}
	}
	return nil
}
