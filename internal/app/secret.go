package app

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// Secret is a corpsecret in clear. It prints as a placeholder everywhere; only
// Reveal gives the text.
type Secret string

// String returns a placeholder.
func (Secret) String() string { return "[secret]" }

// GoString returns a placeholder.
func (Secret) GoString() string { return "[secret]" }

// Reveal returns the text of the secret, for the one who may see it.
func (s Secret) Reveal() string { return string(s) }

func (s Secret) hash() store.Hash { return hashOf(string(s)) }

// Token is an access token in clear; like Secret it prints as a placeholder.
type Token string

// String returns a placeholder.
func (Token) String() string { return "[token]" }

// GoString returns a placeholder.
func (Token) GoString() string { return "[token]" }

// Reveal returns the text of the token, for the one who may see it.
func (t Token) Reveal() string { return string(t) }

func hashOf(text string) store.Hash {
	sum := sha256.Sum256([]byte(text))
	return store.Hash(hex.EncodeToString(sum[:]))
}

// randomText returns n random bytes as text.
func randomText(n int) string {
	b := make([]byte, n)
	rand.Read(b) // never fails, by its contract
	return base64.RawURLEncoding.EncodeToString(b)
}

// deriveToken makes the token of an app from its secret and a nonce. So every
// gettoken within a token's life can answer the same token, on any process,
// while the database holds only its hash.
func deriveToken(secret Secret, corp attendance.CorpID, agent store.AgentID, nonce string) Token {
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "daka access token\x00%s\x00%d\x00%s", corp, agent, nonce)
	return Token(base64.RawURLEncoding.EncodeToString(mac.Sum(nil)))
}
