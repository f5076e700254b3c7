package wecom

import (
	"fmt"
	"io"
	"log/slog"
)

const redacted = "[redacted]"

// hidden keeps a text out of every print, log and encoding. The text is behind
// a function, so that not even printing an enclosing struct field by field
// reaches it.
type hidden struct{ reveal func() string }

// Reveal returns the text itself.
func (h hidden) Reveal() string {
	if h.reveal == nil {
		return ""
	}
	return h.reveal()
}

func (h hidden) String() string               { return redacted }
func (h hidden) GoString() string             { return redacted }
func (h hidden) LogValue() slog.Value         { return slog.StringValue(redacted) }
func (h hidden) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// Format covers the verbs that do not ask for a String.
func (h hidden) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// Secret is an app's corpsecret. Printed, logged or encoded it reads
// "[redacted]"; Reveal returns it.
type Secret struct{ hidden }

// NewSecret hides text.
func NewSecret(text string) Secret { return Secret{hidden{func() string { return text }}} }

// Token is an access_token. Printed, logged or encoded it reads "[redacted]";
// Reveal returns it.
type Token struct{ hidden }

// NewToken hides text.
func NewToken(text string) Token { return Token{hidden{func() string { return text }}} }
