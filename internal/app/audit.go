package app

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// AuditEntry is one act in the audit log. It holds no name, id or content of
// what was acted on, only hashes with a key that the database keeps, so that an
// entry can be compared with a guess (see AuditOf) and gives away nothing else.
//
// On record is whatever changes who may do something, what reports are made by,
// or what they are made from: apps, suites, members, departments, rules, shifts,
// corrections, approvals, faces, options, holidays, months, imports, erasures
// and what test mode turns back. Single punches are not: each is a fact that is
// never changed, with when it became known, its source and how often it came
// again, and an entry for each would double the writes of the one thing that
// everybody does all day.
type AuditEntry = store.AuditEntry

// maxSubjects bounds the subjects that an entry lists.
const maxSubjects = 100

type actorKey struct{}

// As returns a context in which acts are an app's in the audit log. Without it
// they are agent 0's: of whoever can open the database.
func As(ctx context.Context, agent int64) context.Context {
	return context.WithValue(ctx, actorKey{}, agent)
}

func actor(ctx context.Context) store.AgentID {
	agent, _ := ctx.Value(actorKey{}).(int64)
	return store.AgentID(agent)
}

// by is As for a use case that knows its caller; a caller of 0 leaves the
// context's.
func by(ctx context.Context, agent int64) context.Context {
	if agent == 0 {
		return ctx
	}
	return As(ctx, agent)
}

// ruleSubject is how a rule is named before hashing.
func ruleSubject(group attendance.GroupID) string { return fmt.Sprintf("rule:%d", group) }

// act is what somebody did. Subjects are ids with their kind, such as
// "user:zhang"; detail is what json.Marshal takes.
type act struct {
	action   string
	subjects []string
	detail   any
}

// note appends an act to the audit log, in the transaction of the act itself.
func (a *App) note(ctx context.Context, tx *store.Tx, corp attendance.CorpID, did act) error {
	key, err := auditKey(tx, corp)
	if err != nil {
		return err
	}
	last, err := tx.LastAudit(corp)
	if err != nil {
		return err
	}
	detail, err := json.Marshal(did.detail)
	if err != nil {
		return fmt.Errorf("audit %s: %w", did.action, err)
	}
	e := store.AuditEntry{
		Seq: last.Seq + 1, At: a.Now(), Agent: actor(ctx), Action: did.action, Subjects: []string{},
		Count: int64(len(did.subjects)), Detail: keyedHash(key, string(detail)), Prev: last.Hash,
	}
	for _, s := range did.subjects[:min(len(did.subjects), maxSubjects)] {
		e.Subjects = append(e.Subjects, keyedHash(key, s))
	}
	e.Hash = auditHash(corp, e)
	return tx.AddAudit(corp, e)
}

// auditKey returns the key of a corporation's hashes, making it when there is
// none.
func auditKey(tx *store.Tx, corp attendance.CorpID) (string, error) {
	key, err := tx.AuditKey(corp)
	if errors.Is(err, store.ErrNotFound) {
		key = randomText(32)
		err = tx.SetAuditKey(corp, key)
	}
	return key, err
}

// keyedHash is 128 bits of a text's HMAC: enough to compare, short enough to read.
func keyedHash(key, text string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(text))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// userSubject is how a member is named before hashing.
func userSubject(id attendance.UserID) string { return "user:" + id.Fold() }

// userSubjects names the members of n facts, each once, in their order.
func userSubjects(n int, user func(int) attendance.UserID) (subjects []string) {
	seen := map[attendance.UserID]bool{}
	for i := range n {
		if id := user(i); !seen[id] {
			seen[id] = true
			subjects = append(subjects, userSubject(id))
		}
	}
	return subjects
}

// auditHash is the hash of all of an entry but its Hash, and of whose it is.
func auditHash(corp attendance.CorpID, e store.AuditEntry) string {
	e.Hash = ""
	text, err := json.Marshal(struct {
		Corp  attendance.CorpID
		Entry store.AuditEntry
	}{corp, e})
	if err != nil {
		panic("app: audit entry: " + err.Error()) // strings and numbers alone
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// MaxAudit is the most entries that Audit returns.
const MaxAudit = 1000

// Audit returns up to limit entries after a place in the log; a limit that is
// not between 1 and MaxAudit means MaxAudit.
func (a *App) Audit(ctx context.Context, corp *Corp, after, limit int64) (entries []AuditEntry, err error) {
	if limit < 1 || limit > MaxAudit {
		limit = MaxAudit
	}
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		return tx.Audit(corp.ID, after, limit, func(e AuditEntry) error {
			entries = append(entries, e)
			return nil
		})
	})
	return entries, err
}

// AuditOf is Audit for the entries that are about some members, of whom none
// need be one any more. An act on more subjects than its entry lists is among
// them: it may have been about anybody.
func (a *App) AuditOf(ctx context.Context, corp *Corp, users []attendance.UserID, after, limit int64) (entries []AuditEntry, err error) {
	if limit < 1 || limit > MaxAudit {
		limit = MaxAudit
	}
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		key, err := tx.AuditKey(corp.ID)
		if errors.Is(err, store.ErrNotFound) {
			return nil // and so no entry
		}
		if err != nil {
			return err
		}
		wanted := map[string]bool{}
		for _, u := range users {
			wanted[keyedHash(key, userSubject(u))] = true
		}
		return tx.Audit(corp.ID, after, 1<<62, func(e AuditEntry) error {
			about := e.Count > int64(len(e.Subjects)) || slices.ContainsFunc(e.Subjects, func(s string) bool { return wanted[s] })
			if about && int64(len(entries)) < limit {
				entries = append(entries, e)
			}
			return nil
		})
	})
	return entries, err
}

// AuditState is what checking a log comes to.
type AuditState struct {
	Entries int64
	Head    string // hash of the last entry that fits; "" without any
	Broken  int64  // place of the first entry that does not fit or is missing; 0 = none
}

// follow takes the next entry of a log into account.
func (s *AuditState) follow(corp attendance.CorpID, e AuditEntry) {
	if s.Broken != 0 {
		return
	}
	if e.Seq != s.Entries+1 || e.Prev != s.Head || e.Hash != auditHash(corp, e) {
		s.Broken = s.Entries + 1
		return
	}
	s.Entries, s.Head = e.Seq, e.Hash
}

// CheckAudit computes a corporation's audit log anew: that no entry was
// changed, put in or taken out. Entries taken from its end show only against a
// Head that was kept elsewhere.
func (a *App) CheckAudit(ctx context.Context, corp *Corp) (state AuditState, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		return tx.Audit(corp.ID, 0, 1<<62, func(e AuditEntry) error {
			state.follow(corp.ID, e)
			return nil
		})
	})
	return state, err
}
