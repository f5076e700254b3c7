package app

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// SuiteID names a third-party app, or the template of provider-developed ones
// (suite_id).
type SuiteID string

// Suite is an app that a provider offers to many corporations.
type Suite struct {
	ID          SuiteID
	Kind        AppKind // SuiteApp or ProviderApp
	Name        string
	CallbackURL string       // where tickets and events go; "" = nowhere
	Permissions []Permission // what a corporation grants that authorises it
}

// NewSuite describes a suite to be made.
type NewSuite struct {
	Suite                 // no ID = a random one; no Permissions = check-in
	CallbackToken  Secret // "" = a random one
	EncodingAESKey Secret // "" = a random one
}

// SuiteCredential is a suite with its secrets, which are shown once.
type SuiteCredential struct {
	Suite
	Secret         Secret
	CallbackToken  Secret
	EncodingAESKey Secret
}

// AddSuite makes a suite. It returns ErrNoKey, ErrSuiteExists or ErrBadInput.
func (a *App) AddSuite(ctx context.Context, n NewSuite) (SuiteCredential, error) {
	c := SuiteCredential{Suite: n.Suite, Secret: Secret(randomText(32)), CallbackToken: n.CallbackToken, EncodingAESKey: n.EncodingAESKey}
	c.fill()
	if err := c.check(); err != nil {
		return SuiteCredential{}, err
	}
	sealed, err := a.sealCallback(&c)
	if err != nil {
		return SuiteCredential{}, err
	}
	permissions, err := json.Marshal(c.Permissions)
	if err != nil {
		return SuiteCredential{}, fmt.Errorf("write the permissions of suite %q: %w", c.ID, err)
	}
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		err := tx.AddSuite(store.Suite{
			ID: store.SuiteID(c.ID), Kind: store.AppKind(c.Kind), Name: c.Name, SecretHash: c.Secret.hash(),
			URL: c.CallbackURL, Sealed: sealed, Permissions: string(permissions), Created: a.Now(),
		})
		if errors.Is(err, store.ErrConflict) {
			return fmt.Errorf("suite %q: %w", c.ID, ErrSuiteExists)
		}
		return err
	})
	if err != nil {
		return SuiteCredential{}, err
	}
	return c, nil
}

// lettersOnly makes text of randomText, or of base64, letters and digits alone.
var lettersOnly = strings.NewReplacer("-", "0", "_", "1", "+", "0", "/", "1")

// fill gives what was left out.
func (c *SuiteCredential) fill() {
	if c.ID == "" {
		prefix := "ww"
		if c.Kind == ProviderApp {
			prefix = "dk"
		}
		c.ID = SuiteID(prefix + lettersOnly.Replace(randomText(12)))
	}
	if c.Name == "" {
		c.Name = string(c.ID)
	}
	if c.Permissions == nil {
		c.Permissions = []Permission{CheckinPermission}
	}
	if c.CallbackToken == "" {
		c.CallbackToken = Secret(lettersOnly.Replace(randomText(24)))
	}
	if c.EncodingAESKey == "" {
		c.EncodingAESKey = Secret(lettersOnly.Replace(randomText(32)))
	}
}

// suitePrefixes are how the ids of suites begin (document 90600).
var suitePrefixes = map[AppKind][]string{SuiteApp: {"ww", "wx", "tj"}, ProviderApp: {"dk"}}

func (c *SuiteCredential) check() error {
	prefixes := suitePrefixes[c.Kind]
	if prefixes == nil {
		return badInput("suite kind %q: one of %s, %s", c.Kind, SuiteApp, ProviderApp)
	}
	begins := func(prefix string) bool { return strings.HasPrefix(string(c.ID), prefix) }
	if !corpIDPattern.MatchString(string(c.ID)) || !slices.ContainsFunc(prefixes, begins) {
		return badInput("suite id %q: for a %s one, %s and letters and digits, 64 at most", c.ID, c.Kind, strings.Join(prefixes, ", "))
	}
	if c.CallbackURL != "" {
		u, err := url.Parse(c.CallbackURL)
		if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || u.Fragment != "" {
			return badInput("callback URL: want it like https://example.com/callback, without user or fragment")
		}
	}
	if n := len(c.CallbackToken); n > 32 || lettersOnly.Replace(c.CallbackToken.Reveal()) != c.CallbackToken.Reveal() {
		return badInput("callback token: want 1 to 32 letters and digits")
	}
	if key, err := base64.StdEncoding.DecodeString(c.EncodingAESKey.Reveal() + "="); err != nil || len(key) != 32 {
		return badInput("EncodingAESKey: want 43 letters and digits")
	}
	return checkPermissions(c.Permissions)
}

// Suites returns all suites in the order of their ids, without their secrets.
func (a *App) Suites(ctx context.Context) (all []Suite, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		rows, err := tx.Suites()
		for i := range rows {
			s, err := suiteOf(&rows[i])
			if err != nil {
				return err
			}
			all = append(all, s)
		}
		return err
	})
	return all, err
}

func suiteOf(row *store.Suite) (Suite, error) {
	s := Suite{ID: SuiteID(row.ID), Kind: AppKind(row.Kind), Name: row.Name, CallbackURL: row.URL}
	if err := json.Unmarshal([]byte(row.Permissions), &s.Permissions); err != nil {
		return s, fmt.Errorf("read the permissions of suite %q: %w", row.ID, err)
	}
	return s, nil
}

// suite reads a suite, or returns ErrSuite.
func suite(tx *store.Tx, id SuiteID) (store.Suite, error) {
	row, err := tx.Suite(store.SuiteID(id))
	if errors.Is(err, store.ErrNotFound) {
		err = fmt.Errorf("suite %q: %w", id, ErrSuite)
	}
	return row, err
}

// RotateSuiteSecret gives a suite a new secret; the old one and the tokens made
// with it end at once. It returns ErrSuite.
func (a *App) RotateSuiteSecret(ctx context.Context, id SuiteID) (Secret, error) {
	secret := Secret(randomText(32))
	err := a.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := suite(tx, id); err != nil {
			return err
		}
		if err := tx.SetSuiteSecret(store.SuiteID(id), secret.hash()); err != nil {
			return err
		}
		return tx.DropServiceTokens(store.SuiteService, string(id), endOfTime)
	})
	return secret, err
}

// endOfTime is after every instant that is stored.
const endOfTime = 1 << 62

// MakeProvider lets a corporation call get_provider_token, and returns its
// provider_secret, once. Called again it replaces the secret, and the tokens
// made with the old one end. It returns ErrUnknownCorp.
func (a *App) MakeProvider(ctx context.Context, corp attendance.CorpID) (Secret, error) {
	secret := Secret(randomText(32))
	err := a.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := tx.Corp(corp); errors.Is(err, store.ErrNotFound) {
			return fmt.Errorf("corporation %q: %w", corp, ErrUnknownCorp)
		} else if err != nil {
			return err
		}
		if err := tx.PutProvider(corp, secret.hash(), a.Now()); err != nil {
			return err
		}
		if err := tx.DropServiceTokens(store.ProviderService, string(corp), endOfTime); err != nil {
			return err
		}
		return a.note(ctx, tx, corp, act{action: "provider.make"})
	})
	return secret, err
}
