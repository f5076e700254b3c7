package wecom_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"testing"
	"time"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/dakatest"
	"github.com/dakahq/daka/wecom"
)

// example is what an example has in place of a test: a server needs somebody
// to tell of what fails, and when to end.
type example struct {
	testing.TB
	ends []func()
}

func (*example) Helper()                      {}
func (*example) Context() context.Context     { return context.Background() }
func (e *example) Cleanup(f func())           { e.ends = append(e.ends, f) }
func (*example) Errorf(text string, a ...any) { panic(fmt.Sprintf(text, a...)) }
func (*example) Fatalf(text string, a ...any) { panic(fmt.Sprintf(text, a...)) }

// company starts a server at noon of 2025-09-11 with two members.
func company() (srv *dakatest.Server, end func()) {
	var e example
	srv = dakatest.NewServer(&e, dakatest.At(time.Date(2025, time.September, 11, 4, 0, 0, 0, time.UTC)))
	srv.Members("zhangsan", "lisi")
	return srv, func() {
		for i := len(e.ends) - 1; i >= 0; i-- {
			e.ends[i]()
		}
	}
}

// A client of an app of a corp. At WeCom itself leave WithBaseURL out.
func ExampleNew() {
	srv, end := company()
	defer end()

	c, err := wecom.New(wecom.CorpApp(srv.CorpID, srv.App.Secret), wecom.WithBaseURL(srv.URL))
	if err != nil {
		log.Fatal(err)
	}
	members, err := c.Members(context.Background(), wecom.RootDepartment)
	if err != nil {
		log.Fatal(err)
	}
	for _, m := range members {
		fmt.Println(m.UserID)
	}
	// Output:
	// lisi
	// zhangsan
}

// A call that has no method of its own.
func ExampleClient_Call() {
	srv, end := company()
	defer end()

	var answer struct {
		wecom.Envelope
		Members []struct {
			UserID string `json:"userid"`
		} `json:"dept_user"`
	}
	contacts := srv.Client(srv.Contact) // the only app that may ask
	err := contacts.Call(context.Background(), wecom.Request{
		Path: "/cgi-bin/user/list_id", Body: map[string]int{"limit": 1}, Repeatable: true,
	}, &answer)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(answer.Members))
	// Output: 1
}

// An array of any length, of which one element is in memory at a time.
func ExampleStream() {
	srv, end := company()
	defer end()

	request := wecom.Request{Path: "/cgi-bin/user/list_id", Body: wecom.UserIDsRequest{}, Repeatable: true}
	for m, err := range wecom.Stream[wecom.DeptUser](context.Background(), srv.Client(srv.Contact), request, "dept_user") {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(m.UserID, m.Department)
	}
	// Output:
	// lisi 1
	// zhangsan 1
}

// Refusals are told apart by their codes.
func ExampleError() {
	srv, end := company()
	defer end()

	_, err := srv.WeCom.User(context.Background(), "nobody")
	fmt.Println(errors.Is(err, wecom.CodeUserNotFound))
	if refused, ok := errors.AsType[*wecom.Error](err); ok {
		fmt.Println(refused.Endpoint, int64(refused.Code))
	}
	// Output:
	// true
	// /cgi-bin/user/get 60111
}

// Processes that run side by side fetch one token between them: a second one
// finds it in the store.
func ExampleWithTokenStore() {
	srv, end := company()
	defer end()
	dir, err := os.MkdirTemp("", "tokens")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)

	before := len(srv.Requests())
	for range 2 {
		store, err := wecom.NewFileStore(dir)
		if err != nil {
			log.Fatal(err)
		}
		c, err := wecom.New(wecom.CorpApp(srv.CorpID, srv.App.Secret),
			wecom.WithBaseURL(srv.URL), wecom.WithTokenStore(store), wecom.WithClock(srv.Clock))
		if err != nil {
			log.Fatal(err)
		}
		if _, err := c.Departments(context.Background(), 0); err != nil {
			log.Fatal(err)
		}
	}
	fetched := 0
	for _, r := range srv.Requests()[before:] {
		if r.Path == wecom.TokenPath {
			fetched++
		}
	}
	fmt.Println(fetched, "token fetched")
	// Output: 1 token fetched
}

// A token that is revoked while a program runs costs one call more.
func ExampleClient_Call_revoked() {
	srv, end := company()
	defer end()

	before := len(srv.Requests())
	for range 2 {
		if _, err := srv.WeCom.Departments(context.Background(), 0); err != nil {
			log.Fatal(err)
		}
		srv.Revoke()
	}
	for _, r := range srv.Requests()[before:] {
		fmt.Println(r.Path, *r.ErrCode)
	}
	// Output:
	// /cgi-bin/gettoken 0
	// /cgi-bin/department/list 0
	// /cgi-bin/department/list 40014
	// /cgi-bin/gettoken 0
	// /cgi-bin/department/list 0
}

// A bounded wait: the context ends whatever a call waits for.
func ExampleClient_Call_deadline() {
	srv, end := company()
	defer end()

	srv.Fail(admin.Fault{Kind: admin.FaultDelay, Millis: 500})
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	_, err := srv.WeCom.Departments(ctx, 0)
	fmt.Println(errors.Is(err, context.DeadlineExceeded))
	// Output: true
}
