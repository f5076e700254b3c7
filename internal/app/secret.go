package app

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"regexp"

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

// longWord is a word nearly as long as the secrets and tokens that are made
// here, which have 43 characters or more, as WeCom's do; or what is too long to
// be a path, such as a picture in base64.
var longWord = regexp.MustCompile(`[A-Za-z0-9_+=~/-]{100,}|[A-Za-z0-9_+=~-]{40,}`)

// HideSecrets returns a text without what could be a secret, a token or a
// picture in it. Errors and logs quote what was sent, and a client may have put
// its credentials anywhere.
func HideSecrets(text string) string { return longWord.ReplaceAllLiteralString(text, "[hidden]") }

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
