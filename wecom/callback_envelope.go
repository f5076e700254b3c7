package wecom

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/url"

	jsonv2 "github.com/go-json-experiment/json"
)

// CallbackQuery is what stands in the query of a call to a callback URL
// (document 90968).
type CallbackQuery struct {
	Signature string // msg_signature
	Timestamp string // Unix seconds
	Nonce     string
	Echo      string // echostr, in the GET that tries a URL out
}

// ParseCallbackQuery reads a query; what is missing is "".
func ParseCallbackQuery(query url.Values) CallbackQuery {
	return CallbackQuery{
		Signature: query.Get("msg_signature"), Timestamp: query.Get("timestamp"),
		Nonce: query.Get("nonce"), Echo: query.Get("echostr"),
	}
}

// Values returns q as a query has it.
func (q CallbackQuery) Values() url.Values {
	values := url.Values{"msg_signature": {q.Signature}, "timestamp": {q.Timestamp}, "nonce": {q.Nonce}}
	if q.Echo != "" {
		values.Set("echostr", q.Echo)
	}
	return values
}

// CallbackEnvelope is the body of a call to a callback URL: XML for apps, JSON
// for cloud-connected devices (document 96062).
type CallbackEnvelope struct {
	ToUserName string // who receives: corpid, suite id or model id
	AgentID    string // "" where no app is meant
	Encrypt    string // the message, as Crypter.Encrypt returns it
}

// cdata is a text in XML as WeCom writes it.
type cdata struct {
	Text string `xml:",cdata"`
}

// xmlEnvelope is CallbackEnvelope in XML.
type xmlEnvelope struct {
	XMLName    xml.Name `xml:"xml"`
	ToUserName cdata    `xml:"ToUserName"`
	AgentID    cdata    `xml:"AgentID"`
	Encrypt    cdata    `xml:"Encrypt"`
}

// jsonEnvelope is CallbackEnvelope in JSON.
type jsonEnvelope struct {
	ToUserName string `json:"tousername"`
	AgentID    string `json:"agentid,omitzero"`
	Encrypt    string `json:"encrypt"`
}

// XML returns e as XML. It fails for text that XML cannot hold.
func (e CallbackEnvelope) XML() ([]byte, error) {
	text, err := xml.Marshal(xmlEnvelope{ToUserName: cdata{e.ToUserName}, AgentID: cdata{e.AgentID}, Encrypt: cdata{e.Encrypt}})
	if err != nil {
		return nil, fmt.Errorf("callback: write the envelope: %w", err)
	}
	return text, nil
}

// JSON returns e as JSON.
func (e CallbackEnvelope) JSON() ([]byte, error) {
	text, err := json.Marshal(jsonEnvelope(e))
	if err != nil {
		return nil, fmt.Errorf("callback: write the envelope: %w", err)
	}
	return text, nil
}

// ParseCallback reads an envelope of either kind. It fails with
// ErrCallbackEnvelope.
func ParseCallback(body []byte) (CallbackEnvelope, error) {
	var e CallbackEnvelope
	if bytes.HasPrefix(bytes.TrimSpace(body), []byte("{")) {
		var j jsonEnvelope
		if err := jsonv2.Unmarshal(body, &j, lenient); err != nil {
			return e, ErrCallbackEnvelope
		}
		e = CallbackEnvelope(j)
	} else {
		var x xmlEnvelope
		if err := xml.Unmarshal(body, &x); err != nil {
			return e, ErrCallbackEnvelope
		}
		e = CallbackEnvelope{ToUserName: x.ToUserName.Text, AgentID: x.AgentID.Text, Encrypt: x.Encrypt.Text}
	}
	if e.Encrypt == "" {
		return e, ErrCallbackEnvelope
	}
	return e, nil
}

// Seal encrypts a message and signs it: the query and the envelope of the call
// that carries it to the receiver.
func (c *Crypter) Seal(message []byte, timestamp, nonce string) (CallbackQuery, CallbackEnvelope) {
	encrypted := c.Encrypt(message)
	query := CallbackQuery{Signature: c.Signature(timestamp, nonce, encrypted), Timestamp: timestamp, Nonce: nonce}
	return query, CallbackEnvelope{ToUserName: c.receiver, Encrypt: encrypted}
}

// Open returns the message of a call to a callback URL. It fails with one of
// the four errors of callbacks. A call that is sent again is opened again: who
// minds keeps the nonces.
func (c *Crypter) Open(query CallbackQuery, body []byte) ([]byte, error) {
	e, err := ParseCallback(body)
	if err != nil {
		return nil, err
	}
	return c.open(query, e.Encrypt)
}

// OpenEcho returns what to answer, as it stands, to the GET that tries a
// callback URL out. It fails as Open does.
func (c *Crypter) OpenEcho(query CallbackQuery) ([]byte, error) { return c.open(query, query.Echo) }

func (c *Crypter) open(query CallbackQuery, encrypted string) ([]byte, error) {
	if err := c.Verify(query.Signature, query.Timestamp, query.Nonce, encrypted); err != nil {
		return nil, err
	}
	return c.Decrypt(encrypted)
}
