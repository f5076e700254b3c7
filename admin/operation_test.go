package admin

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"github.com/dakahq/daka/wecom"
)

// recorder is a server that knows the operations and notes which of them was
// called.
type recorder struct {
	mux   http.ServeMux
	hit   string
	token string
}

func newRecorder(t *testing.T) (*recorder, *Client) {
	t.Helper()
	rec := &recorder{}
	rec.mux.HandleFunc(wecom.TokenPath, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, `{"errcode":0,"errmsg":"ok","access_token":"canary","expires_in":7200}`)
	})
	for _, op := range Operations {
		rec.mux.HandleFunc(op.Method+" "+op.Path, func(w http.ResponseWriter, r *http.Request) {
			rec.hit, rec.token = op.Call, r.Header.Get("Authorization")
			if strings.Contains(r.URL.RawQuery, "canary") {
				t.Errorf("%s: the token is in the query", op.Call)
			}
			_, _ = io.WriteString(w, "{}")
		})
	}
	h := httptest.NewServer(&rec.mux)
	t.Cleanup(h.Close)
	c, err := New(h.URL, "ww1", wecom.NewSecret("s"))
	if err != nil {
		t.Fatal(err)
	}
	return rec, c
}

// A token that was refused is not sent again where the server gives no other.
func TestTheSameTokenAgain(t *testing.T) {
	t.Parallel()
	calls := 0
	h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == wecom.TokenPath {
			_, _ = io.WriteString(w, `{"errcode":0,"errmsg":"ok","access_token":"canary","expires_in":7200}`)
			return
		}
		calls++
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, `{"error":{"code":"unauthorized","message":"no"}}`)
	}))
	defer h.Close()
	c, err := New(h.URL, "ww1", wecom.NewSecret("s"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Apps(t.Context()); !errors.Is(err, Unauthorized) || calls != 1 {
		t.Errorf("%v after %d calls", err, calls)
	}
}

// Every method of the client is an operation, calls that operation's route and
// no other, and every operation has a method.
func TestEveryOperationHasAMethod(t *testing.T) {
	t.Parallel()
	rec, c := newRecorder(t)
	client := reflect.ValueOf(c)
	methods := map[string]bool{}
	for i := range client.NumMethod() {
		methods[client.Type().Method(i).Name] = true
	}
	for _, op := range Operations {
		m := client.MethodByName(op.Call)
		if !m.IsValid() {
			t.Errorf("%s %s: the client has no method %s", op.Method, op.Path, op.Call)
			continue
		}
		delete(methods, op.Call)
		args := []reflect.Value{reflect.ValueOf(t.Context())}
		for i := 1; i < m.Type().NumIn(); i++ {
			arg := reflect.New(m.Type().In(i)).Elem()
			switch arg.Kind() {
			case reflect.String:
				arg.SetString("x")
			case reflect.Slice:
				arg.SetBytes([]byte("{}"))
			}
			args = append(args, arg)
		}
		rec.hit = ""
		out := m.Call(args)
		if err, _ := out[len(out)-1].Interface().(error); err != nil {
			t.Errorf("%s: %v", op.Call, err)
		}
		if rec.hit != op.Call || rec.token != "Bearer canary" {
			t.Errorf("%s called %q with %q", op.Call, rec.hit, rec.token)
		}
	}
	for name := range methods {
		t.Errorf("the client's method %s is no operation", name)
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		status int
		body   string
		is     error  // that errors.Is finds
		text   string // part of the error
	}{
		{"typed", 404, `{"error":{"code":"not_found","message":"no such member","field":"userid"}}`, NotFound, "GET /daka/apps: not_found: userid: no such member"},
		{"unauthorized twice", 401, `{"error":{"code":"unauthorized","message":"no"}}`, Unauthorized, "unauthorized: no"},
		{"a proxy's page", 502, "<html>", nil, "HTTP status 502"},
		{"a page in the place of an answer", 200, "<html>", ErrNoDaka, "GET /daka/apps: HTTP status 200: the server is no daka"},
		{"WeCom has no such path", 404, "404 page not found", ErrNoDaka, "HTTP status 404"},
		{"WeCom's way to fail", 200, `{"errcode":40066,"errmsg":"invalid url"}`, ErrNoDaka, "no daka"},
		{"the same with a status", 403, `{"errcode":40066,"errmsg":"invalid url"}`, ErrNoDaka, "no daka"},
		{"sent elsewhere", 302, "", ErrNoDaka, "HTTP status 302"},
		{"another daka", 200, `{"apps":{}}`, nil, "does not fit"},
		{"half an answer", 200, `{"apps":[`, nil, "does not fit"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			calls, tokens := 0, 0
			h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == wecom.TokenPath {
					tokens++
					_, _ = fmt.Fprintf(w, `{"errcode":0,"errmsg":"ok","access_token":"canary/%d","expires_in":7200}`, tokens)
					return
				}
				calls++
				w.WriteHeader(tt.status)
				_, _ = io.WriteString(w, tt.body)
			}))
			defer h.Close()
			c, err := New(h.URL, "ww1", wecom.NewSecret("s"))
			if err != nil {
				t.Fatal(err)
			}
			_, err = c.Apps(t.Context())
			if err == nil || !strings.Contains(err.Error(), tt.text) || tt.is != nil && !errors.Is(err, tt.is) || strings.Contains(err.Error(), "canary") {
				t.Errorf("got %v", err)
			}
			if want := map[bool]int{true: 2, false: 1}[tt.status == 401]; calls != want {
				t.Errorf("%d calls, want %d", calls, want)
			}
		})
	}
}
