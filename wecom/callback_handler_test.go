package wecom_test

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dakahq/daka/wecom"
)

// setClock shows what it was set to, in Unix seconds.
type setClock struct{ atomic.Int64 }

func (c *setClock) Now() time.Time { return time.Unix(c.Load(), 0) }

func (c *setClock) Sleep(context.Context, time.Duration) error {
	return errors.New("nobody turns this clock")
}

// callback is a callback URL and WeCom, which calls it.
type callback struct {
	*wecom.CallbackHandler
	wecom.Crypter
	clock  setClock
	told   []*wecom.Event // what the function took in
	errs   []error        // what OnCallbackError was told
	nonces int

	reply []byte // what the function returns
	fail  error
}

// newCallback returns the callback of a receiver with the token and key of the
// vector, at the vector's time.
func newCallback(t testing.TB, receiver string, opts ...wecom.CallbackOption) *callback {
	t.Helper()
	v := readVector(t)
	c := &callback{Crypter: *v.crypter(t, receiver)}
	at, err := strconv.ParseInt(v.Timestamp, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	c.clock.Store(at)
	opts = append([]wecom.CallbackOption{
		wecom.WithCallbackClock(&c.clock), wecom.OnCallbackError(func(err error) { c.errs = append(c.errs, err) }),
	}, opts...)
	c.CallbackHandler = wecom.NewCallbackHandler(&c.Crypter, func(_ context.Context, e *wecom.Event) ([]byte, error) {
		c.told = append(c.told, e)
		return c.reply, c.fail
	}, opts...)
	return c
}

// call makes a call and returns status and body of the answer.
func (c *callback) call(method string, query wecom.CallbackQuery, body []byte) (int, string) {
	w := c.record(method, query, body)
	return w.Code, w.Body.String()
}

func (c *callback) record(method string, query wecom.CallbackQuery, body []byte) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	c.ServeHTTP(w, httptest.NewRequest(method, "/callback?tenant=7&"+query.Values().Encode(), bytes.NewReader(body)))
	return w
}

// seal is a call with a message, made now.
func (c *callback) seal(message string) (wecom.CallbackQuery, []byte) {
	c.nonces++
	query, envelope := c.Seal([]byte(message), strconv.FormatInt(c.clock.Load(), 10), strconv.Itoa(c.nonces))
	if strings.HasPrefix(message, "{") {
		body, _ := envelope.JSON() // it holds base64
		return query, body
	}
	body, _ := envelope.XML()
	return query, body
}

// push makes a POST with a message.
func (c *callback) push(message string) (int, string) {
	query, body := c.seal(message)
	return c.call(http.MethodPost, query, body)
}

const suiteID = "ww4asffe9xxx4c0f4c"

// The worked example of document 90968 comes in as WeCom sends it, when its
// timestamp is five minutes away at most.
func TestCallbackHandlerVector(t *testing.T) {
	t.Parallel()
	v := readVector(t)
	asXML := "<xml><ToUserName><![CDATA[x]]></ToUserName><AgentID>218</AgentID><Encrypt><![CDATA[" + v.Encrypted + "]]></Encrypt></xml>"
	for _, tt := range []struct {
		name, body string
		late       int64
		want       int
	}{
		{"XML", asXML, 0, 200},
		{"JSON", `{"tousername":"x","agentid":"218","encrypt":"` + v.Encrypted + `"}`, 0, 200},
		{"five minutes late", asXML, 300, 200},
		{"five minutes early", asXML, -300, 200},
		{"a second later", asXML, 301, 403},
		{"a second earlier", asXML, -301, 403},
		{"years later", asXML, 300_000_000, 403},
	} {
		c := newCallback(t, v.Receiver)
		c.clock.Add(tt.late)
		status, text := c.call(http.MethodPost, v.query(), []byte(tt.body))
		if status != tt.want || (status == 200) != (text == "") || (status == 200) != (len(c.told) == 1) {
			t.Errorf("%s: %d %q, told of %d events", tt.name, status, text, len(c.told))
		}
		if status != 200 {
			if len(c.errs) != 1 || !errors.Is(c.errs[0], wecom.ErrCallbackTime) {
				t.Errorf("%s: %v", tt.name, c.errs)
			}
			continue
		}
		if e := c.told[0]; e.ToUserName != v.Receiver || e.ReceiveID != v.Receiver || e.JSON || len(e.Raw) != 284 || len(c.errs) != 0 {
			t.Errorf("%s: %v, %d bytes, %v", tt.name, e, len(e.Raw), c.errs)
		}
	}
}

// What is changed by a byte, or missing, is refused, without a word of why.
func TestCallbackHandlerRefuses(t *testing.T) {
	t.Parallel()
	v := readVector(t)
	envelope := func(encrypted string) []byte {
		return []byte("<xml><Encrypt>" + encrypted + "</Encrypt></xml>")
	}
	with := func(change func(*wecom.CallbackQuery)) wecom.CallbackQuery {
		q := v.query()
		change(&q)
		return q
	}
	other := newCallback(t, "ww1")
	foreignQuery, foreignBody := other.seal("<xml></xml>")
	good := newCallback(t, v.Receiver)
	noEventQuery, noEventBody := good.seal("success")
	noObjectQuery, noObjectBody := good.seal(`{"a":`)
	noTime, noTimeEnvelope := good.Seal([]byte("<xml></xml>"), "now", "1")
	noise := with(func(q *wecom.CallbackQuery) { q.Signature = good.Signature(q.Timestamp, q.Nonce, "AAAA") })
	for _, tt := range []struct {
		name   string
		query  wecom.CallbackQuery
		body   []byte
		want   int
		reason error
	}{
		{"no query", wecom.CallbackQuery{}, envelope(v.Encrypted), 403, wecom.ErrCallbackSignature},
		{"another signature", with(func(q *wecom.CallbackQuery) { q.Signature = "5" + q.Signature[1:] }), envelope(v.Encrypted), 403, wecom.ErrCallbackSignature},
		{"half a signature", with(func(q *wecom.CallbackQuery) { q.Signature = q.Signature[:20] }), envelope(v.Encrypted), 403, wecom.ErrCallbackSignature},
		{"capitals", with(func(q *wecom.CallbackQuery) { q.Signature = strings.ToUpper(q.Signature) }), envelope(v.Encrypted), 403, wecom.ErrCallbackSignature},
		{"another time", with(func(q *wecom.CallbackQuery) { q.Timestamp = "1409659814" }), envelope(v.Encrypted), 403, wecom.ErrCallbackSignature},
		{"another nonce", with(func(q *wecom.CallbackQuery) { q.Nonce = "1372623148" }), envelope(v.Encrypted), 403, wecom.ErrCallbackSignature},
		{"another message", v.query(), envelope("S" + v.Encrypted[1:]), 403, wecom.ErrCallbackSignature},
		{"a timestamp that is none", noTime, envelope(noTimeEnvelope.Encrypt), 403, wecom.ErrCallbackTime},
		{"signed noise", noise, envelope("AAAA"), 400, wecom.ErrCallbackCipher},
		{"for another receiver", foreignQuery, foreignBody, 400, wecom.ErrCallbackReceiver},
		{"no envelope", v.query(), []byte("success"), 400, wecom.ErrCallbackEnvelope},
		{"nothing", v.query(), nil, 400, wecom.ErrCallbackEnvelope},
		{"no event", noEventQuery, noEventBody, 400, wecom.ErrCallbackMessage},
		{"no JSON", noObjectQuery, noObjectBody, 400, wecom.ErrCallbackMessage},
		{"1 MiB and a byte", v.query(), bytes.Repeat([]byte(" "), 1<<20+1), 413, nil},
	} {
		c := newCallback(t, v.Receiver)
		status, text := c.call(http.MethodPost, tt.query, tt.body)
		if status != tt.want || text != http.StatusText(tt.want)+"\n" || len(c.told) != 0 {
			t.Errorf("%s: %d %q, want %d; told of %d events", tt.name, status, text, tt.want, len(c.told))
		}
		if len(c.errs) != 1 || tt.reason != nil && !errors.Is(c.errs[0], tt.reason) {
			t.Errorf("%s: %v, want %v", tt.name, c.errs, tt.reason)
		}
	}
	for _, method := range []string{http.MethodPut, http.MethodHead, http.MethodDelete, "FOO"} {
		w := good.record(method, v.query(), envelope(v.Encrypted))
		if w.Code != 405 || w.Header().Get("Allow") != "GET, POST" || len(good.told) != 0 {
			t.Errorf("%s: %d, Allow %q", method, w.Code, w.Header().Get("Allow"))
		}
	}
}

// A body that is almost too long, and one that breaks off.
func TestCallbackHandlerBody(t *testing.T) {
	t.Parallel()
	c := newCallback(t, suiteID)
	query, body := c.seal("<xml></xml>")
	body = append(body, bytes.Repeat([]byte("\n"), 1<<20-len(body))...)
	if status, _ := c.call(http.MethodPost, query, body); status != 200 {
		t.Errorf("1 MiB: %d", status)
	}
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodPost, "/?"+query.Values().Encode(), io.MultiReader(strings.NewReader("<xml>"), broken{}))
	c.ServeHTTP(w, r)
	if w.Code != 400 || len(c.told) != 1 {
		t.Errorf("half a body: %d", w.Code)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// The GET that tries the URL out is answered with the text alone. A message that
// somebody recorded is not told to whoever sends it back as one.
func TestCallbackHandlerEcho(t *testing.T) {
	t.Parallel()
	v := readVector(t)
	c := newCallback(t, v.Receiver)
	const echo = "1616140317555161061"
	query, envelope := c.Seal([]byte(echo), v.Timestamp, "n")
	query.Echo = envelope.Encrypt
	w := c.record(http.MethodGet, query, nil)
	if w.Code != 200 || w.Body.String() != echo || w.Header().Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("%d %q as %q", w.Code, w.Body, w.Header().Get("Content-Type"))
	}
	recorded := v.query()
	recorded.Echo = v.Encrypted
	inJSON, jsonEnvelope := c.Seal([]byte(` {"a":1}`), v.Timestamp, "n")
	inJSON.Echo = jsonEnvelope.Encrypt
	empty, emptyEnvelope := c.Seal(nil, v.Timestamp, "n")
	empty.Echo = emptyEnvelope.Encrypt
	forged := query
	forged.Signature = strings.Repeat("0", 40)
	late := newCallback(t, v.Receiver)
	late.clock.Add(301)
	for _, tt := range []struct {
		name  string
		c     *callback
		query wecom.CallbackQuery
		want  int
	}{
		{"a recorded message", c, recorded, 400},
		{"one in JSON", c, inJSON, 400},
		{"nothing", c, empty, 400},
		{"no echostr", c, v.query(), 403},
		{"a forgery", c, forged, 403},
		{"another receiver", newCallback(t, "ww1"), query, 400},
		{"too late", late, query, 403},
	} {
		if status, text := tt.c.call(http.MethodGet, tt.query, nil); status != tt.want || text != http.StatusText(tt.want)+"\n" {
			t.Errorf("%s: %d %q, want %d", tt.name, status, text, tt.want)
		}
	}
	if len(c.told) != 0 {
		t.Errorf("told of %v", c.told)
	}
}

// How each kind of event is acknowledged.
func TestCallbackHandlerAcknowledges(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, receiver, message, want string }{
		{"a suite's event", suiteID, createAuthXML, "success"},
		{"an approval, told to a suite", suiteID, approvalXML, "success"},
		{"an approval, told to an app", "ww1cSD21f1e9c0caaa", approvalXML, ""},
		{"a device's punches", "wpwLgYcwAAayDT6bUVnhZuKebVce4xxx", deviceXML, ""},
		{"a member's message", "ww1", "<xml><ToUserName>ww1</ToUserName><FromUserName>alice</FromUserName><MsgType>text</MsgType></xml>", ""},
		{"a device's event in JSON", "model1", `{"event_type":"bind","timestamp":1}`, ""},
		{"a ticket in JSON", "model1", `{"info_type":"model_ticket","model_ticket":"x"}`, "success"},
	} {
		c := newCallback(t, tt.receiver)
		status, text := c.push(tt.message)
		if status != 200 || text != tt.want || len(c.told) != 1 || len(c.errs) != 0 {
			t.Errorf("%s: %d %q, %v; want %q", tt.name, status, text, c.errs, tt.want)
		}
	}
}

// A nil function acknowledges; other receivers are known by the option alone.
func TestCallbackHandlerReceivers(t *testing.T) {
	t.Parallel()
	c := newCallback(t, suiteID)
	plain := wecom.NewCallbackHandler(&c.Crypter, nil, wecom.WithCallbackClock(&c.clock))
	open := newCallback(t, suiteID, wecom.WithReceivers(func(id string) bool { return strings.HasPrefix(id, "wp") }))
	for _, tt := range []struct {
		receiver string
		handler  http.Handler
		want     int
	}{
		{suiteID, plain, 200}, {"wp1", plain, 400}, {"", plain, 400},
		{suiteID, open, 200}, {"wp1", open, 200}, {"ww1", open, 400}, {"", open, 400},
	} {
		query, body := newCallback(t, tt.receiver).seal("<xml></xml>")
		w := httptest.NewRecorder()
		tt.handler.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/?"+query.Values().Encode(), bytes.NewReader(body)))
		if w.Code != tt.want || w.Code == 200 && w.Body.Len() != 0 {
			t.Errorf("for %q: %d %q, want %d", tt.receiver, w.Code, w.Body, tt.want)
		}
	}
	if len(open.told) != 2 || open.told[1].ReceiveID != "wp1" {
		t.Errorf("told of %v", open.told)
	}
}

// A reply is sent in kind, sealed for the receiver of the call and under its
// nonce.
func TestCallbackHandlerReplies(t *testing.T) {
	t.Parallel()
	c := newCallback(t, "", wecom.WithReceivers(func(id string) bool { return id == "wp1" }))
	for _, tt := range []struct{ receiver, message, reply, contentType string }{
		{"wp1", "<xml><ToUserName>wp1</ToUserName><MsgType>text</MsgType></xml>", "<xml><Content>ok</Content></xml>", "application/xml; charset=utf-8"},
		{"", `{"msgtype":"text"}`, `{"msgtype":"stream"}`, "application/json; charset=utf-8"},
		{"", `{"msgtype":"text"}`, ``, "application/json; charset=utf-8"}, // an empty reply is a reply, too
	} {
		c.reply = []byte(tt.reply)
		sender := newCallback(t, tt.receiver)
		query, body := sender.seal(tt.message)
		w := c.record(http.MethodPost, query, body)
		var answer struct {
			Signature string `xml:"MsgSignature"`
			Timestamp string `xml:"TimeStamp"`
			Nonce     string `xml:"Nonce"`
		}
		if strings.Contains(tt.contentType, "json") {
			var j struct {
				Signature string `json:"msgsignature"`
				Timestamp int64  `json:"timestamp"`
				Nonce     string `json:"nonce"`
			}
			must(t, json.Unmarshal(w.Body.Bytes(), &j))
			answer.Signature, answer.Timestamp, answer.Nonce = j.Signature, fmt.Sprint(j.Timestamp), j.Nonce
		} else {
			must(t, xml.Unmarshal(w.Body.Bytes(), &answer))
		}
		got, err := sender.Open(wecom.CallbackQuery{Signature: answer.Signature, Timestamp: answer.Timestamp, Nonce: answer.Nonce}, w.Body.Bytes())
		if err != nil || string(got) != tt.reply || answer.Nonce != query.Nonce || answer.Timestamp != query.Timestamp {
			t.Errorf("%s: %q under %+v: %v", tt.message, got, answer, err)
		}
		if kind := w.Header().Get("Content-Type"); w.Code != 200 || kind != tt.contentType {
			t.Errorf("%s: %d as %q", tt.message, w.Code, kind)
		}
	}
}

// What a forger or an operator reads holds no secret.
func TestCallbackErrorsKeepSecrets(t *testing.T) {
	t.Parallel()
	v := readVector(t)
	c := newCallback(t, suiteID)
	c.fail = errors.New("the disk is full")
	status, text := c.push(createAuthXML)
	if status != 500 || text != "Internal Server Error\n" || len(c.errs) != 1 || !errors.Is(c.errs[0], c.fail) {
		t.Errorf("%d %q, %v", status, text, c.errs)
	}
	c.call(http.MethodPost, v.query(), []byte("<xml>AUTHCODE</xml>"))
	for _, err := range c.errs {
		for _, private := range []string{"AUTHCODE", v.Token, v.Key} {
			if strings.Contains(err.Error(), private) {
				t.Errorf("%q is in %q", private, err)
			}
		}
	}
}

func FuzzCallbackHandler(f *testing.F) {
	v := readVector(f)
	seeds := newCallback(f, v.Receiver)
	for _, message := range []string{"<xml></xml>", `{"a":1}`, "success", createAuthXML, approvalXML} {
		query, body := seeds.seal(message)
		f.Add(query.Values().Encode(), body)
	}
	f.Add(v.query().Values().Encode(), []byte("<xml><Encrypt>"+v.Encrypted+"</Encrypt></xml>"))
	f.Add("", []byte(nil))
	f.Fuzz(func(t *testing.T, query string, body []byte) {
		c := newCallback(t, v.Receiver)
		r := httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(body))
		r.URL.RawQuery = query
		w := httptest.NewRecorder()
		c.ServeHTTP(w, r)
		_, err := c.Open(wecom.ParseCallbackQuery(r.URL.Query()), body)
		switch {
		case w.Code == 200 && (err != nil || len(c.told) != 1 || len(c.errs) != 0):
			t.Errorf("taken in: %v", err)
		case w.Code != 200 && (len(c.told) != 0 || len(c.errs) != 1):
			t.Errorf("refused with %d, but told of %v", w.Code, c.told)
		case w.Code != 200 && w.Code != 400 && w.Code != 403 && w.Code != 413:
			t.Errorf("status %d", w.Code)
		}
	})
}
