package wecom_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/dakahq/daka/wecom"
)

func TestSecretNeverPrints(t *testing.T) {
	t.Parallel()
	const text = "s3cr3tvalue"
	secret := wecom.NewSecret(text)
	if secret.Reveal() != text || wecom.NewToken(text).Reveal() != text || (wecom.Secret{}).Reveal() != "" {
		t.Fatal("Reveal does not return the text")
	}
	type holder struct {
		inner wecom.Secret
		Outer wecom.Token
	}
	client, err := wecom.New(wecom.CorpApp("ww1", secret))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	for _, v := range []any{secret, &secret, wecom.NewToken(text), holder{secret, wecom.NewToken(text)}, client} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			fmt.Fprintf(&out, verb, v)
		}
	}
	encoded, err := json.Marshal(holder{secret, wecom.NewToken(text)})
	if err != nil {
		t.Fatal(err)
	}
	out.Write(encoded)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("", "secret", secret)
	slog.New(slog.NewTextHandler(&out, nil)).Info("", "secret", secret)
	if got := out.String(); strings.Contains(got, text) || strings.Contains(got, fmt.Sprintf("%x", text)) {
		t.Errorf("the secret shows in %s", got)
	}
	if string(encoded) != `{"Outer":"[redacted]"}` {
		t.Errorf("encoded as %s", encoded)
	}
}
