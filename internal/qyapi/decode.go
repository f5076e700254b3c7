package qyapi

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/dakahq/daka/wecom"
)

// decode reads the body into req, a pointer to a request, and keeps the
// liberties it took.
func (x *exchange) decode(req any) error {
	text, err := x.body()
	if err != nil {
		return err
	}
	x.liberties, err = decode(text, req, x.api.opts.Strict)
	if err == nil && x.r.URL.Path == hardwareAlias {
		x.liberties = append(x.liberties, Liberty{What: "the path of get_hardware_checkin_data under checkin"})
		if x.api.opts.Strict {
			return wecom.Errorf(wecom.CodeInvalidParameter, "the path is /cgi-bin/hardware/get_hardware_checkin_data in strict mode. invalid Request Parameter")
		}
	}
	return err
}

// decode reads a body into req, a pointer to a request, and returns the
// liberties it took. Its errors are 40058 and name the field; with strict a
// liberty is one.
func decode(text []byte, req any, strict bool) ([]Liberty, error) {
	n := &noter{}
	if len(bytes.TrimSpace(text)) == 0 {
		if _, ok := req.(interface{ mayBeEmpty() }); !ok {
			return nil, wecom.Errorf(wecom.CodeInvalidParameter, "body is empty. invalid Request Parameter")
		}
		n.note("", "an empty body")
		text = []byte("{}")
	}
	err := json.Unmarshal(text, req, json.WithUnmarshalers(n.unmarshalers()), jsontext.AllowDuplicateNames(true))
	if err != nil {
		return n.list, malformed(err)
	}
	n.inspect(text, req)
	if k, ok := req.(interface{ keep([]byte) error }); ok {
		if err := k.keep(text); err != nil {
			return n.list, malformed(err)
		}
	}
	if strict && len(n.list) > 0 {
		l := n.list[0]
		return n.list, wecom.Errorf(wecom.CodeInvalidParameter, "%s: %s is not allowed in strict mode. invalid Request Parameter", field(l.Pointer), l.What)
	}
	return n.list, nil
}

// fieldError says what is wrong with the value at a JSON pointer.
type fieldError struct {
	pointer jsontext.Pointer
	want    string
}

func (e *fieldError) Error() string { return field(e.pointer) + " is not " + e.want }

// malformed is the 40058 for a body that cannot be read.
func malformed(err error) error {
	if wrong, ok := errors.AsType[*fieldError](err); ok {
		return wecom.Errorf(wecom.CodeInvalidParameter, "%v. invalid Request Parameter", wrong)
	}
	if wrong, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		return wecom.Errorf(wecom.CodeInvalidParameter, "wrong json format at byte %d, in %s. invalid Request Parameter", wrong.ByteOffset, field(wrong.JSONPointer))
	}
	if wrong, ok := errors.AsType[*json.SemanticError](err); ok {
		return wecom.Errorf(wecom.CodeInvalidParameter, "%s has the wrong type or range. invalid Request Parameter", field(wrong.JSONPointer))
	}
	return fmt.Errorf("decode the body: %w", err)
}

// field writes a JSON pointer as WeCom's error texts do: body.items[0].day.
func field(p jsontext.Pointer) string {
	var b strings.Builder
	b.WriteString("body")
	for name := range p.Tokens() {
		if name != "" && strings.Trim(name, "0123456789") == "" {
			b.WriteString("[" + name + "]")
		} else {
			b.WriteString("." + name)
		}
	}
	return b.String()
}
