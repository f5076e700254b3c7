package archtest

// row is what one package may and may not import. Only files that are part of
// a build are judged; tests may import what they need.
type row struct {
	may     []string // packages of ours, relative to the module
	never   []string // other packages; a name covers what lies below it
	foreign []string // the only other modules allowed; nil = any
	why     string
}

// doing lists what a package that only computes must not touch.
var doing = []string{"database/sql", "net", "os", "log"}

// table has a row for every package of the module.
var table = map[string]row{
	"wecom": {
		foreign: []string{"github.com/go-json-experiment/json", "golang.org/x/time", "golang.org/x/sync", "github.com/cenkalti/backoff", "github.com/gofrs/flock"},
		why:     "anyone may import it for any WeCom app, so it brings next to nothing along",
	},
	"checkin": {
		may: []string{"wecom"},
		why: "the contract that server and clients share knows neither of them",
	},
	"admin": {
		may: []string{"wecom", "checkin"},
		why: "a client sees a server only over HTTP",
	},
	"dakatest": {
		may: []string{"internal/server", "internal/sample", "internal/attendance", "checkin", "admin", "wecom"},
		why: "it starts a server for tests; no row names it, so no build carries it",
	},
	"internal/attendance": {
		never: append([]string{"context"}, doing...),
		why:   "the nouns are plain values that everyone can hold",
	},
	"internal/engine": {
		may:   []string{"internal/attendance"},
		never: append([]string{"context"}, doing...),
		why:   "facts in, report out: what it does not get as a fact it must not know",
	},
	"internal/explain": {
		may:   []string{"internal/attendance"},
		never: doing,
		why:   "text is made of reasons alone, so every surface tells the same",
	},
	"internal/wire": {
		may:   []string{"checkin", "internal/attendance"},
		never: doing,
		why:   "translation needs both languages and nothing else",
	},
	"internal/store": {
		may: []string{"internal/attendance"},
		why: "a rule document is opaque bytes to it, so it never knows the wire",
	},
	"internal/store/storetest": {
		may: []string{"internal/store"},
		why: "it hands every test the same store on each database",
	},
	"internal/export": {
		may:   []string{"internal/attendance", "internal/explain"},
		never: []string{"net/http"},
		why:   "a file is written the same for the web, the command line and a test",
	},
	"internal/sheet": {
		may:   []string{"internal/attendance"},
		never: []string{"net/http", "database/sql"},
		why:   "a table is read the same whatever becomes of its rows, and a file is never fetched",
	},
	"internal/app": {
		may:   []string{"internal/attendance", "internal/engine", "internal/store", "internal/wire", "checkin"},
		never: []string{"net/http"},
		why:   "use cases are the same behind every edge",
	},
	"internal/sample": {
		may: []string{"internal/app", "internal/attendance", "checkin"},
		why: "the generated company comes in by the doors everyone uses",
	},
	"internal/qyapi":    edge("it answers WeCom's calls"),
	"internal/adminapi": edge("it answers daka's own calls", "internal/rig"),
	"internal/terminal": edge("it answers terminals"),
	"internal/console": {
		may: []string{"internal/app", "internal/attendance", "internal/export", "internal/explain"},
		why: "pages show what the use cases give, never a row of the store",
	},
	"internal/agent": {
		may: []string{"checkin", "admin", "wecom"},
		why: "tools work against any server, and are the SDK's first users",
	},
	"internal/mirror": {
		may: []string{"checkin", "wecom", "internal/app", "internal/attendance", "internal/wire"},
		why: "a mirrored corporation comes in by the same doors as a local one",
	},
	"internal/verify": {
		may: []string{"internal/app", "internal/attendance", "internal/explain", "internal/wire", "checkin"},
		why: "it compares what goes out on the wire and explains it, and judges days through the use cases alone, so never engine or store",
	},
	"internal/scenario": {
		may: []string{
			"internal/attendance", "internal/engine", "internal/wire", "internal/app", "internal/explain",
			"checkin", "admin", "wecom",
		},
		why: "its targets are the engine, the use cases and any server by its URL",
	},
	"internal/server": {
		may: []string{
			"internal/app", "internal/attendance", "internal/store", "internal/qyapi", "internal/adminapi", "internal/terminal",
			"internal/console", "internal/rig", "wecom",
		},
		never: []string{"flag", "github.com/spf13/pflag", "github.com/spf13/cobra"},
		why:   "it is wired from values; where they come from is the command's business",
	},
	"internal/rig": {
		never: []string{"database/sql", "net/http", "os", "log"},
		why:   "what a test server is turned with is plain state; who acts on it is not its business",
	},
	"internal/archtest": {why: "it looks at the others from outside"},
	"cmd/daka": {
		may: []string{
			"wecom", "checkin", "admin",
			"internal/attendance", "internal/engine", "internal/explain", "internal/wire", "internal/store",
			"internal/export", "internal/app", "internal/sample", "internal/qyapi", "internal/adminapi",
			"internal/terminal", "internal/sheet", "internal/console", "internal/agent", "internal/mirror", "internal/scenario",
			"internal/server", "internal/verify",
		},
		why: "the binary joins everything, and nothing joins the binary",
	},
}

// edge is the row of a package that answers requests.
func edge(does string, and ...string) row {
	return row{
		may: append([]string{
			"internal/app", "internal/attendance", "internal/wire", "internal/explain",
			"checkin", "admin", "wecom",
		}, and...),
		why: does + " through the use cases, and leans on no other edge",
	}
}

// drivers are the packages that talk to a database, and who may import them.
var (
	drivers    = []string{"zombiezen.com/go/sqlite", "modernc.org", "github.com/jackc/pgx", "github.com/jackc/puddle", "database/sql"}
	driverUser = map[string]string{
		"internal/store":           "SQL lives in one package",
		"internal/store/storetest": "it makes and drops the schema a test's store is opened in",
	}
)
