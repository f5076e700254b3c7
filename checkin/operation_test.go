package checkin_test

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/wecom"
)

// record answers every call and keeps the last one.
type record struct{ last string }

func (r *record) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	if req.URL.Path == wecom.TokenPath {
		fmt.Fprint(w, `{"access_token":"t","expires_in":7200}`)
		return
	}
	r.last = req.Method + " " + req.URL.Path
	fmt.Fprint(w, `{"errcode":0,"errmsg":"ok"}`)
}

func newClient(t *testing.T, handler http.Handler) *checkin.Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	w, err := wecom.New(wecom.CorpApp("ww1", wecom.NewSecret("s")), wecom.WithBaseURL(server.URL))
	if err != nil {
		t.Fatal(err)
	}
	return checkin.NewClient(w)
}

// The table, the client's methods and the request types name the same calls.
func TestOperationsMatchClientAndRequests(t *testing.T) {
	t.Parallel()
	server := &record{}
	client := reflect.ValueOf(newClient(t, server))
	var (
		ctxType    = reflect.TypeFor[context.Context]()
		errType    = reflect.TypeFor[error]()
		answerType = reflect.TypeFor[wecom.Answer]()
		validType  = reflect.TypeFor[interface{ Validate() error }]()
	)
	requests := map[string]string{}
	for _, op := range checkin.Operations {
		m := client.MethodByName(op.Call)
		if !m.IsValid() {
			t.Errorf("%s: the client has no method %s", op.Name, op.Call)
			continue
		}
		mt := m.Type()
		if mt.NumIn() != 2 || mt.In(0) != ctxType || !mt.In(1).Implements(validType) ||
			mt.NumOut() != 2 || !mt.Out(0).Implements(answerType) || mt.Out(1) != errType {
			t.Errorf("%s: %s is %v", op.Name, op.Call, mt)
			continue
		}
		requests[mt.In(1).Name()] = op.Name
		out := m.Call([]reflect.Value{reflect.ValueOf(t.Context()), reflect.Zero(mt.In(1))})
		if !out[1].IsNil() {
			t.Errorf("%s: %v", op.Name, out[1])
		}
		if want := op.Method + " " + op.Paths[0]; server.last != want {
			t.Errorf("%s: sent %s, want %s", op.Name, server.last, want)
		}
	}
	if n := client.NumMethod(); n != len(checkin.Operations) || n != 15 || len(requests) != n {
		t.Errorf("%d methods, %d operations, %d request types, want 15", n, len(checkin.Operations), len(requests))
	}
	for _, name := range requestTypes(t) {
		if requests[name] == "" {
			t.Errorf("no operation takes %s", name)
		}
	}
}

// requestTypes returns the types of this package that are named like requests.
func requestTypes(t *testing.T) (names []string) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok && strings.HasSuffix(spec.Name.Name, "Request") {
				names = append(names, spec.Name.Name)
			}
			return true
		})
	}
	return names
}

// Section 3 of the protocol, the rows that differ from the rest.
func TestOperationAccess(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		path                 string
		provider, thirdParty checkin.Access
		rate, selfBuiltDoc   int
	}{
		{"/cgi-bin/checkin/getcheckindata", checkin.Permission, checkin.Permission, 600, 90262},
		{"/cgi-bin/checkin/getcheckinoption", checkin.Permission, checkin.Permission, 0, 90263},
		{"/cgi-bin/checkin/getcorpcheckinoption", checkin.Permission, checkin.NotSupported, 60, 93384},
		{"/cgi-bin/hardware/get_hardware_checkin_data", checkin.NotSupported, checkin.PermissionAndModel, 0, 94126},
		{"/cgi-bin/checkin/get_hardware_checkin_data", checkin.NotSupported, checkin.PermissionAndModel, 0, 94126},
		{"/cgi-bin/checkin/addcheckinuserface", checkin.NotSupported, checkin.NotSupported, 10, 93378},
		{"/cgi-bin/checkin/del_checkin_option", checkin.Permission, checkin.NotSupported, 0, 98041},
		{"/cgi-bin/checkin/add_checkin_record", checkin.NotSupported, checkin.NotSupported, 60, 99647},
	} {
		op, ok := checkin.ForPath(tt.path)
		if !ok || op.SelfBuilt != checkin.Configured || op.ProviderDeveloped != tt.provider || op.ThirdParty != tt.thirdParty ||
			op.RatePerMinute != tt.rate || op.Doc.SelfBuilt != tt.selfBuiltDoc {
			t.Errorf("%s: got %+v", tt.path, op)
		}
	}
	if op, ok := checkin.ForPath("/cgi-bin/checkin/none"); ok {
		t.Errorf("an unknown path is %s", op.Name)
	}
}

func TestClientReturnsWeComsErrors(t *testing.T) {
	t.Parallel()
	client := newClient(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == wecom.TokenPath {
			fmt.Fprint(w, `{"access_token":"t","expires_in":7200}`)
			return
		}
		fmt.Fprint(w, `{"errcode":301023,"errmsg":"userlist is over threshold","checkindata":[]}`)
	}))
	// The client does not judge an empty list itself: it asks.
	if answer, err := client.Records(t.Context(), checkin.RecordsRequest{}); !errors.Is(err, wecom.CodeCheckinUserList) || answer != nil {
		t.Errorf("got %v, %v", answer, err)
	}
}
