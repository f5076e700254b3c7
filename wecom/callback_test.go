package wecom_test

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/dakahq/daka/wecom"
)

// vector is the worked example of document 90968.
type vector struct {
	Token     string `json:"token"`
	Key       string `json:"encoding_aes_key"`
	Timestamp string `json:"timestamp"`
	Nonce     string `json:"nonce"`
	Encrypted string `json:"msg_encrypt"`
	Signature string `json:"msg_signature"`
	Receiver  string `json:"receiveid"`
}

func readVector(t testing.TB) (v vector) {
	t.Helper()
	text, err := os.ReadFile("testdata/callback.crypto_vector.json")
	if err == nil {
		err = json.Unmarshal(text, &v)
	}
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func (v vector) crypter(t testing.TB, receiver string) *wecom.Crypter {
	t.Helper()
	c, err := wecom.NewCrypter(wecom.NewSecret(v.Token), wecom.NewSecret(v.Key), receiver)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (v vector) query() wecom.CallbackQuery {
	return wecom.CallbackQuery{Signature: v.Signature, Timestamp: v.Timestamp, Nonce: v.Nonce}
}

func TestCallbackVector(t *testing.T) {
	t.Parallel()
	v := readVector(t)
	c := v.crypter(t, v.Receiver)
	if got := c.Signature(v.Timestamp, v.Nonce, v.Encrypted); got != v.Signature {
		t.Errorf("signature %s, want %s", got, v.Signature)
	}
	message, err := c.Decrypt(v.Encrypted)
	if err != nil {
		t.Fatal(err)
	}
	var event struct{ ToUserName string }
	if err := xml.Unmarshal(message, &event); err != nil || event.ToUserName != v.Receiver || len(message) != 284 {
		t.Errorf("%d bytes, want 284, to %q: %v", len(message), event.ToUserName, err)
	}
	for name, body := range map[string]string{
		"XML":  "<xml><ToUserName><![CDATA[x]]></ToUserName><AgentID>218</AgentID><Encrypt><![CDATA[" + v.Encrypted + "]]></Encrypt></xml>",
		"JSON": `{"tousername":"x","agentid":"218","encrypt":"` + v.Encrypted + `"}`,
	} {
		if got, err := c.Open(v.query(), []byte(body)); err != nil || !bytes.Equal(got, message) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
		if e, err := wecom.ParseCallback([]byte(body)); err != nil || e.ToUserName != "x" || e.AgentID != "218" {
			t.Errorf("%s: %+v, %v", name, e, err)
		}
	}
	query := v.query()
	query.Echo = v.Encrypted
	if got, err := c.OpenEcho(wecom.ParseCallbackQuery(query.Values())); err != nil || !bytes.Equal(got, message) {
		t.Errorf("echo: %q, %v", got, err)
	}
}

// Sizes around the padding's block of 32 bytes: 20 bytes of head and 3 of the
// receiver leave 9 for a message that fills the first one.
func TestCallbackRoundTrip(t *testing.T) {
	t.Parallel()
	v := readVector(t)
	c := v.crypter(t, "ww1")
	for _, tt := range []struct{ size, encrypted int }{{0, 32}, {8, 32}, {9, 64}, {10, 64}, {40, 64}, {41, 96}, {100_000, 100_032}} {
		message := bytes.Repeat([]byte("卡"), tt.size)[:tt.size]
		query, envelope := c.Seal(message, "1700000000", "n")
		if n, err := base64.StdEncoding.DecodeString(envelope.Encrypt); err != nil || len(n) != tt.encrypted {
			t.Errorf("%d bytes are %d encrypted, want %d: %v", tt.size, len(n), tt.encrypted, err)
		}
		for _, write := range []func() ([]byte, error){envelope.XML, envelope.JSON} {
			body, err := write()
			if err != nil {
				t.Fatal(err)
			}
			if got, err := c.Open(query, body); err != nil || !bytes.Equal(got, message) {
				t.Errorf("%d bytes: %d came back: %v", tt.size, len(got), err)
			}
		}
	}
	if once, again := c.Encrypt(nil), c.Encrypt(nil); once == again {
		t.Error("the same message is encrypted alike twice")
	}
}

func TestCallbackRefused(t *testing.T) {
	t.Parallel()
	v := readVector(t)
	c := v.crypter(t, v.Receiver)
	envelope := func(encrypted string) []byte {
		body, err := wecom.CallbackEnvelope{Encrypt: encrypted}.XML()
		if err != nil {
			t.Fatal(err)
		}
		return body
	}
	changed := v.query()
	changed.Timestamp = "1409659814"
	upper := v.query()
	upper.Signature = strings.ToUpper(upper.Signature)
	for _, tt := range []struct {
		name  string
		query wecom.CallbackQuery
		body  []byte
		want  error
	}{
		{"another time", changed, envelope(v.Encrypted), wecom.ErrCallbackSignature},
		{"no signature", wecom.CallbackQuery{}, envelope(v.Encrypted), wecom.ErrCallbackSignature},
		{"signature in capitals", upper, envelope(v.Encrypted), wecom.ErrCallbackSignature},
		{"message changed", v.query(), envelope("A" + v.Encrypted[1:]), wecom.ErrCallbackSignature},
		{"no envelope", v.query(), []byte("success"), wecom.ErrCallbackEnvelope},
		{"an empty one", v.query(), []byte("<xml></xml>"), wecom.ErrCallbackEnvelope},
		{"broken JSON", v.query(), []byte(`{"encrypt":`), wecom.ErrCallbackEnvelope},
		{"JSON of another shape", v.query(), []byte(`{"encrypt":[]}`), wecom.ErrCallbackEnvelope},
		{"nothing", v.query(), nil, wecom.ErrCallbackEnvelope},
	} {
		if got, err := c.Open(tt.query, tt.body); !errors.Is(err, tt.want) || got != nil {
			t.Errorf("%s: %q, %v, want %v", tt.name, got, err, tt.want)
		}
	}
	if _, err := v.crypter(t, "ww1").Decrypt(v.Encrypted); !errors.Is(err, wecom.ErrCallbackReceiver) {
		t.Errorf("read by ww1: %v", err)
	}
}

// What is signed by the sender and is no message all the same.
func TestCallbackUnreadable(t *testing.T) {
	t.Parallel()
	v := readVector(t)
	c := v.crypter(t, v.Receiver)
	raw := func(plain []byte) string { return base64.StdEncoding.EncodeToString(encryptRaw(t, v.Key, plain)) }
	// A head is 16 bytes and a length in four more, the last of which is given.
	head := func(size byte) []byte { return append(make([]byte, 19), size) }
	pad := func(text []byte, n int) []byte { return append(text, bytes.Repeat([]byte{byte(n)}, n)...) }
	uneven := pad(head(0), 12)
	uneven[20] = 11
	for _, tt := range []struct {
		name      string
		encrypted string
		want      error
	}{
		{"no base64", "*", wecom.ErrCallbackCipher},
		{"half a block", "AAAA", wecom.ErrCallbackCipher},
		{"noise", strings.Repeat("A", 64), wecom.ErrCallbackCipher},
		{"padding of nothing", raw(make([]byte, 32)), wecom.ErrCallbackCipher},
		{"padding over 32", raw(pad(make([]byte, 31), 33)), wecom.ErrCallbackCipher},
		{"padding into the head", raw(pad(nil, 32)), wecom.ErrCallbackCipher},
		{"padding not all alike", raw(uneven), wecom.ErrCallbackCipher},
		{"longer than it is", raw(pad(head(9), 12)), wecom.ErrCallbackCipher},
		{"another receiver", raw(pad(head(0), 12)), wecom.ErrCallbackReceiver},
		{"the receiver's name alone", raw(pad(append(head(0), v.Receiver...), 26)), nil},
	} {
		body, err := wecom.CallbackEnvelope{Encrypt: tt.encrypted}.XML()
		if err != nil {
			t.Fatal(err)
		}
		query := v.query()
		query.Signature = c.Signature(query.Timestamp, query.Nonce, tt.encrypted)
		if got, err := c.Open(query, body); !errors.Is(err, tt.want) || len(got) != 0 {
			t.Errorf("%s: %q, %v, want %v", tt.name, got, err, tt.want)
		}
	}
}

// encryptRaw encrypts whole blocks as they are.
func encryptRaw(t testing.TB, encodingKey string, plain []byte) []byte {
	t.Helper()
	key, err := base64.StdEncoding.DecodeString(encodingKey + "=")
	if err != nil {
		t.Fatal(err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	text := bytes.Clone(plain)
	cipher.NewCBCEncrypter(block, key[:16]).CryptBlocks(text, text)
	return text
}

func TestCrypterKeepsItsSecrets(t *testing.T) {
	t.Parallel()
	v := readVector(t)
	c := v.crypter(t, v.Receiver)
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d"} {
		for _, got := range []string{fmt.Sprintf(format, c), fmt.Sprintf(format, *c)} {
			if got != "[redacted]" {
				t.Errorf("%s prints %q", format, got)
			}
		}
	}
	for _, key := range []string{"", v.Key[1:], v.Key + "=", strings.Repeat("*", 43)} {
		_, err := wecom.NewCrypter(wecom.NewSecret(v.Token), wecom.NewSecret(key), "")
		if err == nil || key != "" && strings.Contains(err.Error(), key) {
			t.Errorf("a key of %d characters: %v", len(key), err)
		}
	}
}

func FuzzDecrypt(f *testing.F) {
	v := readVector(f)
	c := v.crypter(f, v.Receiver)
	f.Add(v.Encrypted)
	f.Add("")
	f.Add(c.Encrypt([]byte("<xml></xml>")))
	f.Fuzz(func(t *testing.T, encrypted string) {
		message, err := c.Decrypt(encrypted)
		if err != nil {
			if !errors.Is(err, wecom.ErrCallbackCipher) && !errors.Is(err, wecom.ErrCallbackReceiver) {
				t.Errorf("an error of no kind: %v", err)
			}
			return
		}
		if again, err := c.Decrypt(c.Encrypt(message)); err != nil || !bytes.Equal(again, message) {
			t.Errorf("%q came back as %q: %v", message, again, err)
		}
	})
}

func FuzzCallbackEnvelope(f *testing.F) {
	v := readVector(f)
	c := v.crypter(f, v.Receiver)
	f.Add([]byte("<xml><ToUserName><![CDATA[x]]></ToUserName><Encrypt><![CDATA[" + v.Encrypted + "]]></Encrypt></xml>"))
	f.Add([]byte(`{"tousername":"x","encrypt":"` + v.Encrypted + `"}`))
	f.Add([]byte("<xml><Encrypt>a]]>b</Encrypt>"))
	f.Fuzz(func(t *testing.T, body []byte) {
		e, err := wecom.ParseCallback(body)
		if err != nil {
			return
		}
		text, err := e.JSON()
		if err != nil {
			t.Fatalf("%+v cannot be written: %v", e, err)
		}
		if _, err := wecom.ParseCallback(text); err != nil {
			t.Errorf("%s cannot be read again: %v", text, err)
		}
		if _, err := c.Open(v.query(), body); err == nil && e.Encrypt != v.Encrypted {
			t.Errorf("a forgery is opened: %q", body)
		}
	})
}
