package rig

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

const redacted = "[redacted]"

// plainParameters are those of a query that are shown; the values of all
// others are not.
var plainParameters = []string{
	"agentid", "corpid", "debug", "department_id", "fetch_child", "id", "provider_corpid", "status", "suite_id", "type", "userid",
}

// RedactQuery returns a query with the values that may be secret left out.
func RedactQuery(raw string) string {
	values, _ := url.ParseQuery(raw) // what cannot be parsed is left out
	var parts []string
	for name, all := range values {
		for _, v := range all {
			if !slices.Contains(plainParameters, name) {
				v = redacted
			} else {
				v = url.QueryEscape(cut(v))
			}
			parts = append(parts, url.QueryEscape(cut(name))+"="+v)
		}
	}
	slices.Sort(parts)
	return strings.Join(parts, "&")
}

// secretWords are parts of names whose values are never kept.
var secretWords = []string{"secret", "token", "ticket", "auth_code", "permanent_code", "pre_auth", "password", "encodingaeskey", "face"}

// MaxBody is the longest body that RedactBody looks at, in bytes.
const MaxBody = 64 << 10

// maxValue is the longest text of a body that is kept whole, in bytes: what is
// longer is a picture or nobody's business.
const maxValue = 64

// RedactBody returns a JSON body with what may be secret left out and long
// texts cut; "" for one that is too long or no JSON.
func RedactBody(body []byte) string {
	if len(body) > MaxBody {
		return ""
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	var v any
	if dec.Decode(&v) != nil {
		return ""
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if enc.Encode(redact(v)) != nil {
		return ""
	}
	return strings.TrimSuffix(out.String(), "\n")
}

func redact(v any) any {
	switch v := v.(type) {
	case string:
		return cut(v)
	case []any:
		for i := range v {
			v[i] = redact(v[i])
		}
	case map[string]any:
		clean := make(map[string]any, len(v))
		for name, value := range v {
			if private(name) {
				clean[cut(name)] = redacted
			} else {
				clean[cut(name)] = redact(value)
			}
		}
		return clean
	}
	return v
}

func private(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc(secretWords, func(w string) bool { return strings.Contains(name, w) })
}

// cut leaves out a long text, and what is no text: a part of it could still be
// secret.
func cut(s string) string {
	if len(s) > maxValue || !utf8.ValidString(s) {
		return "[long text]"
	}
	return s
}
