package wecom

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"os"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Stream makes a call and yields the elements of one array of its answer, that
// of the given name, as they come in: one is held at a time, however long the
// answer. An error, which is as Call's, is yielded last, with a zero T.
//
// As long as nothing has been yielded the call is made again as Call does it.
// An answer that breaks off later ends with a *TransportError.
func Stream[T any](ctx context.Context, c *Client, r Request, array string) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		streaming, cancel := context.WithCancel(ctx)
		defer cancel()
		s := stream[T]{path: r.Path, array: array, yield: yield}
		patient := *c
		patient.http.Timeout, patient.headTimeout = 0, c.http.Timeout
		err := patient.exchange(streaming, r, func(resp *http.Response) error {
			err := s.read(&impatient{resp.Body, c.http.Timeout})
			if err == nil {
				// A connection is used again once its answer has been read to the end.
				_, _ = io.CopyN(io.Discard, &impatient{resp.Body, endPatience}, maxEnd)
			}
			if err != nil && s.begun {
				return final{err}
			}
			return err
		})
		if err != nil && !s.stopped {
			var zero T
			yield(zero, err)
		}
	}
}

// What may follow an answer's JSON before its connection is given up instead.
const (
	maxEnd      = 4 << 10 // bytes
	endPatience = 250 * time.Millisecond
)

// impatient ends a body of which nothing comes for a while. Who reads may take
// any time.
type impatient struct {
	body     io.ReadCloser
	patience time.Duration
}

func (r *impatient) Read(p []byte) (n int, err error) {
	if r.patience <= 0 {
		return r.body.Read(p)
	}
	timer := time.AfterFunc(r.patience, func() { _ = r.body.Close() })
	n, err = r.body.Read(p)
	if !timer.Stop() && err != nil {
		err = os.ErrDeadlineExceeded
	}
	return n, err
}

// stream reads one answer after the other until one is good.
type stream[T any] struct {
	path    string
	array   string
	yield   func(T, error) bool
	begun   bool // something has been yielded
	stopped bool // nobody wants more

	tape *tape // of the answer; nil once it has been rewound, and tolerant reads on
}

var errStopped = errors.New("nobody wants more")

func (s *stream[T]) read(body io.Reader) error {
	var envelope Envelope
	s.tape = &tape{source: body}
	err := s.object(jsontext.NewDecoder(s.tape, lenient), &envelope)
	switch {
	case errors.Is(err, errStopped):
		return errStopped
	case err != nil:
		at := misfit(err)
		return &TransportError{Endpoint: s.path, Status: http.StatusOK, Reason: "read the answer" + at, Err: readCause(err), lasting: at != ""}
	}
	return envelope.Err(s.path)
}

// readCause keeps what the network says, and not what a decoder does: it quotes.
func readCause(err error) error {
	if _, ok := errors.AsType[*json.SemanticError](err); ok {
		return nil
	}
	if _, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		if errors.Is(err, io.ErrUnexpectedEOF) {
			return io.ErrUnexpectedEOF
		}
		return errors.New("it is no JSON object")
	}
	return err
}

func (s *stream[T]) object(dec *jsontext.Decoder, envelope *Envelope) error {
	if dec.PeekKind() != '{' {
		if _, err := dec.ReadToken(); err != nil {
			return err
		}
		return errors.New("it is no JSON object")
	}
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	for dec.PeekKind() == '"' {
		if s.tape != nil {
			s.tape.good = dec.InputOffset() // nobody reads what lies before again
		}
		name, err := dec.ReadToken()
		if err != nil {
			return err
		}
		if err := s.member(dec, name.String(), envelope); err != nil {
			return err
		}
	}
	_, err := dec.ReadToken()
	return err
}

func (s *stream[T]) member(dec *jsontext.Decoder, name string, envelope *Envelope) error {
	switch {
	case name == "errcode":
		return json.UnmarshalDecode(dec, &envelope.ErrCode, tolerant)
	case name == "errmsg":
		return json.UnmarshalDecode(dec, &envelope.ErrMsg, lenient)
	case name != s.array || dec.PeekKind() == 'n':
		return dec.SkipValue()
	case dec.PeekKind() != '[':
		return fmt.Errorf("%q is no array", s.array)
	}
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	for n := 0; dec.PeekKind() != ']'; n++ {
		element, err := s.element(dec, n)
		if err != nil {
			return err
		}
		s.begun = true
		if !s.yield(element, nil) {
			s.stopped = true
			return errStopped
		}
	}
	_, err := dec.ReadToken()
	return err
}

// element reads the next element of the array, after so many others.
func (s *stream[T]) element(dec *jsontext.Decoder, before int) (T, error) {
	if s.tape != nil {
		// Where it begins; the decoder has not read the comma before it yet.
		s.tape.good = dec.InputOffset()
		var element T
		err := json.UnmarshalDecode(dec, &element, lenient)
		if _, misfits := errors.AsType[*json.SemanticError](err); !misfits {
			return element, err
		}
		if err := s.tape.rewind(dec, s.array, before); err != nil {
			return element, err
		}
		s.tape = nil
	}
	var element T
	return element, json.UnmarshalDecode(dec, &element, tolerant)
}
