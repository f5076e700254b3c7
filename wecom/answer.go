package wecom

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"reflect"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// maxAnswer is the longest answer that is read at once, in bytes.
const maxAnswer = 64 << 20

// lenient accepts whatever JSON a server may send.
var lenient = json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

// readAnswer reads an answer into a pointer.
func readAnswer(path string, resp *http.Response, answer any) error {
	text, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	if err != nil {
		return &TransportError{Endpoint: path, Status: resp.StatusCode, Reason: "read the answer", Err: err}
	}
	if len(text) > maxAnswer {
		return &TransportError{Endpoint: path, Status: resp.StatusCode, Reason: fmt.Sprintf("the answer is longer than %d bytes", maxAnswer), lasting: true}
	}
	if file, ok := answer.(*File); ok && (isAttachment(resp) || !isJSON(resp)) {
		if isPage(resp) {
			return &TransportError{Endpoint: path, Status: resp.StatusCode, Reason: "the answer is a page, not a file"}
		}
		*file = newFile(resp, text)
		return nil
	}
	return decode(path, text, answer)
}

// isAttachment reports whether an answer is a file by its own word, whatever it
// is of: a text or JSON that somebody uploaded, too.
func isAttachment(resp *http.Response) bool {
	kind, _, err := mime.ParseMediaType(resp.Header.Get("Content-Disposition"))
	return err == nil && kind == "attachment"
}

// isPage reports whether an answer is a page that something on the way made.
func isPage(resp *http.Response) bool {
	kind, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	return err == nil && kind == "text/html" && !isAttachment(resp)
}

// isJSON reports whether an answer says that it is JSON. Those that say nothing
// of use are taken for it.
func isJSON(resp *http.Response) bool {
	kind, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	return err != nil || kind == "application/json" || kind == "text/plain"
}

// decode reads an answer into a pointer. A refusal counts whatever the shape of
// the rest, because a failed answer need not have that of a good one.
func decode(path string, text []byte, answer any) error {
	var err error
	if a, ok := answer.(Answer); ok {
		*a.envelope() = Envelope{} // it may be that of another call
		if err = json.Unmarshal(text, answer, lenient); err == nil {
			return a.envelope().Err(path)
		}
	}
	var envelope Envelope
	if json.Unmarshal(text, &envelope, tolerant) != nil {
		return &TransportError{Endpoint: path, Status: http.StatusOK, Reason: fmt.Sprintf("the answer, %d bytes, is no JSON object", len(text))}
	}
	if refused := envelope.Err(path); refused != nil {
		return refused
	}
	if answer == nil {
		return nil
	}
	if _, odd := errors.AsType[*json.SemanticError](err); odd || err == nil {
		err = json.Unmarshal(text, answer, tolerant)
	}
	if err != nil {
		return &TransportError{Endpoint: path, Status: http.StatusOK, Reason: fmt.Sprintf("the answer does not fit %T%s", answer, misfit(err)), lasting: true}
	}
	return nil
}

// pristine returns what makes an answer again what it is now: a try that fails
// may have filled a part of it, which the next need not fill.
func pristine(answer any) (restore func()) {
	v := reflect.ValueOf(answer)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return func() {}
	}
	was := reflect.New(v.Type().Elem()).Elem()
	was.Set(v.Elem())
	return func() { v.Elem().Set(was) }
}

// misfit says where an answer has another type than expected, without its value.
func misfit(err error) string {
	var semantic *json.SemanticError
	if !errors.As(err, &semantic) {
		return ""
	}
	return fmt.Sprintf(" at %q: JSON %s for %v", semantic.JSONPointer, semantic.JSONKind, semantic.GoType)
}
