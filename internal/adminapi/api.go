package adminapi

import (
	"context"
	"net/http"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/rig"
)

// Options say how operations are answered. The zero value is usable.
type Options struct {
	// Rig is what may be turned on a test database; nil means that the server
	// is not in test mode, and refuses those operations.
	Rig *rig.Rig
	// RequestID returns the mark of the request whose context it is given; nil
	// means no mark.
	RequestID func(context.Context) string
	// Observe is told of each operation before it is answered; nil means nobody is.
	Observe func(context.Context, Outcome)
}

// Outcome is what an operation came to.
type Outcome struct {
	Corp   attendance.CorpID // "" when the token named none
	Status int               // of HTTP
	Err    error             // the failure in full, which only the log may see; nil on success
}

// API is the handler of /daka/*.
type API struct {
	app  *app.App
	opts Options
	mux  http.ServeMux
}

// New returns the handler on the use cases of a.
func New(a *app.App, opts Options) *API {
	api := &API{app: a, opts: opts}
	for _, op := range admin.Operations {
		api.mux.Handle(op.Method+" "+op.Path, api.handler(op, endpoints[op.Call]))
	}
	api.mux.Handle("/", api.handler(admin.Operation{}, nil))
	return api
}

// ServeHTTP answers an operation.
func (api *API) ServeHTTP(w http.ResponseWriter, r *http.Request) { api.mux.ServeHTTP(w, r) }

// handler is the one adapter: it finds the caller, lets the endpoint answer and
// writes what it says.
func (api *API) handler(op admin.Operation, answer endpoint) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := &call{api: api, r: r}
		out, err := c.recovered(op, answer)
		status := http.StatusOK
		if err != nil {
			failure := failureOf(err)
			if failure.Code == admin.Internal && api.opts.RequestID != nil {
				failure.Message += " (request " + api.opts.RequestID(r.Context()) + ")"
			}
			out, status = admin.ErrorBody{Error: failure}, statuses[failure.Code]
		}
		if api.opts.Observe != nil {
			outcome := Outcome{Status: status, Err: err}
			if c.caller != nil {
				outcome.Corp = c.caller.Corp.ID
			}
			api.opts.Observe(r.Context(), outcome)
		}
		write(w, status, out, c.closing)
	})
}

// asStored lets an answer hold what is in the database, however it came there.
var asStored = json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

// write sends an answer. The client that is gone by now cannot be told.
func write(w http.ResponseWriter, status int, out any, closing bool) {
	text, err := json.Marshal(out, asStored)
	if err != nil {
		panic("adminapi: encode an answer: " + err.Error())
	}
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=UTF-8")
	h.Set("Cache-Control", "no-store")
	if closing {
		h.Set("Connection", "close")
	}
	w.WriteHeader(status)
	_, _ = w.Write(text)
}
