package wecom

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"time"

	jsonv2 "github.com/go-json-experiment/json"
)

// ErrCallbackMessage says that what was decrypted is no message of a callback.
var ErrCallbackMessage = errors.New("callback: the message is neither XML nor a JSON object")

// Event is a message of a callback, of whatever kind (documents 90240 and
// 90628). A member that the message does not have is its zero value. Printed or
// logged it reads as its kind and whom it is about.
type Event struct {
	InfoType string // of what a suite is told; "" for what an app is told
	MsgType  string // of what an app is told: "event", or the kind of a member's message
	Event    string // which event, where MsgType is "event"

	At           time.Time // TimeStamp or CreateTime, to the second
	SuiteID      string
	AuthCorpID   string // the corp that has authorised the suite
	AuthCode     Secret // for Suite.PermanentCode, once, within ten minutes
	State        string // what the provider gave to the authorisation's link
	ExtraInfo    string
	ToUserName   string // the corp
	FromUserName string // the member, or "sys"
	AgentID      int64  // 0 = no app's

	ReceiveID string // whom the message was encrypted for, as a CallbackHandler saw it
	JSON      bool   // it is JSON, as a reply must be then; otherwise XML
	Raw       []byte `json:"-"` // the message itself, with its secrets in clear

	ticket Secret
}

// ParseEvent reads a message that a Crypter has decrypted. It fails with
// ErrCallbackMessage.
func ParseEvent(message []byte) (*Event, error) {
	var m eventMessage
	e := &Event{Raw: message, JSON: bytes.HasPrefix(bytes.TrimSpace(message), []byte("{"))}
	if e.JSON {
		if jsonv2.Unmarshal(message, &m, lenient, jsonv2.MatchCaseInsensitiveNames(true)) != nil {
			return nil, ErrCallbackMessage
		}
	} else if xml.Unmarshal(message, &m) != nil {
		return nil, ErrCallbackMessage
	}
	e.InfoType, e.MsgType, e.Event = string(m.InfoType), string(m.MsgType), string(m.Event)
	e.SuiteID, e.AuthCorpID, e.AuthCode = string(m.SuiteID), string(m.AuthCorpID), NewSecret(string(m.AuthCode))
	e.State, e.ExtraInfo = string(m.State), string(m.ExtraInfo)
	e.ToUserName, e.FromUserName = string(m.ToUserName), string(m.FromUserName)
	e.AgentID, e.ticket = m.AgentID.number(), NewSecret(string(m.SuiteTicket))
	for _, seconds := range []int64{m.TimeStamp.number(), m.CreateTime.number()} {
		if seconds != 0 && e.At.IsZero() {
			e.At = time.Unix(seconds, 0)
		}
	}
	return e, nil
}

// eventMessage is what is read of every message. In JSON its names may be
// spelled with any case, and with underscores.
type eventMessage struct {
	InfoType     eventText `xml:"InfoType"`
	MsgType      eventText `xml:"MsgType"`
	Event        eventText `xml:"Event"`
	TimeStamp    eventText `xml:"TimeStamp"`
	CreateTime   eventText `xml:"CreateTime"`
	SuiteID      eventText `xml:"SuiteId"`
	SuiteTicket  eventText `xml:"SuiteTicket"`
	AuthCorpID   eventText `xml:"AuthCorpId"`
	AuthCode     eventText `xml:"AuthCode"`
	State        eventText `xml:"State"`
	ExtraInfo    eventText `xml:"ExtraInfo"`
	ToUserName   eventText `xml:"ToUserName"`
	FromUserName eventText `xml:"FromUserName"`
	AgentID      eventText `xml:"AgentID"`
}

// eventText is a text, or a number or truth as text. In JSON it is "" for
// whatever else stands there: messages that nobody here knows use the same names.
type eventText string

// UnmarshalJSON never fails.
func (t *eventText) UnmarshalJSON(text []byte) error {
	var s string
	switch {
	case text[0] == '"':
		_ = json.Unmarshal(text, &s) // it is a string
	case text[0] != '{' && text[0] != '[' && text[0] != 'n':
		s = string(text)
	}
	*t = eventText(s)
	return nil
}

// number is 0 for what is none.
func (t eventText) number() int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(string(t)), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// Kind is what e tells of: its InfoType, its Event or, for what a member wrote,
// its MsgType.
func (e *Event) Kind() string {
	switch {
	case e.InfoType != "":
		return e.InfoType
	case e.Event != "":
		return e.Event
	}
	return e.MsgType
}

// ofSuite reports whether a suite is told, as such, and not one of its apps. An
// approval (document 92633) has no InfoType there but is received by the suite,
// whereas it is about the corp.
func (e *Event) ofSuite() bool {
	return e.InfoType != "" || e.ReceiveID != "" && e.ToUserName != "" && e.ReceiveID != e.ToUserName
}

// String returns the kind and whom it is about.
func (e *Event) String() string {
	text := fmt.Sprintf("%q", e.Kind())
	for _, part := range []struct{ name, value string }{
		{"suite", e.SuiteID}, {"of", e.AuthCorpID}, {"to", e.ToUserName}, {"from", e.FromUserName},
	} {
		if part.value != "" {
			text += fmt.Sprintf(" %s %q", part.name, part.value)
		}
	}
	return text
}

// Format writes String, whatever the verb: Raw and AuthCode are private.
func (e Event) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, e.String()) }

// LogValue is String.
func (e Event) LogValue() slog.Value { return slog.StringValue(e.String()) }
