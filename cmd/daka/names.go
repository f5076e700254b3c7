package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
)

// namesHelp says how members are named.
const namesHelp = `Members are named by their userids, or by their names where one alone has the name;
stderr says who it is. A userid counts before a name.`

// userList is members as a flag, with whatever commas between them.
type userList []string

func (u *userList) String() string { return strings.Join(*u, ",") }

func (u *userList) Type() string { return "users" }

func (u *userList) Set(text string) error {
	before := len(*u)
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(",，、;；", r) }) {
		if word = strings.TrimSpace(word); word != "" {
			*u = append(*u, word)
		}
	}
	if len(*u) == before {
		return failf("it names nobody: leave the flag away for everybody")
	}
	return nil
}

// naming are the words of a command line that name members. They become userids
// before anything is done.
type naming struct {
	cmd   *cobra.Command
	words []*string
}

// names notes words that name members.
func (o *databaseOptions) names(cmd *cobra.Command, words ...*string) {
	o.naming.cmd, o.naming.words = cmd, append(o.naming.words, words...)
}

// namesIn notes all words of a list.
func (o *databaseOptions) namesIn(cmd *cobra.Command, list []string) {
	for i := range list {
		o.names(cmd, &list[i])
	}
}

// local makes userids of the words by the contacts of a database.
func (n *naming) local(ctx context.Context, a *app.App, corp *app.Corp) error {
	if len(n.words) == 0 {
		return nil
	}
	if n.plain() { // mostly they are userids, for which not all contacts are read
		var ids []string
		for _, w := range n.words {
			ids = append(ids, halfWidth(*w))
		}
		if _, err := a.Contacts(ctx, corp, userIDs(ids)); err == nil || !errors.Is(err, attendance.ErrUnknownUser) {
			return err
		}
	}
	all, err := a.Contacts(ctx, corp, nil)
	if err != nil {
		return err
	}
	known := newKnownNames(len(all))
	for i := range all {
		known.add(string(all[i].ID), all[i].Name)
	}
	return n.resolve(known)
}

// server makes userids of the words by what the app may see. Where all of them
// could be userids the server is not asked.
func (n *naming) server(ctx context.Context, w *wecom.Client) error {
	if n.plain() {
		return nil
	}
	p := newProgress(n.cmd, say(n.cmd, "members"), -1)
	defer p.done()
	all, err := serverMembers(ctx, w, p)
	if err != nil {
		return failf("look up who is meant, which userids need not: %w", err)
	}
	known := newKnownNames(len(all))
	for i := range all {
		known.add(all[i].UserID, all[i].Name)
	}
	return n.resolve(known)
}

// plain reports whether all words could be userids.
func (n *naming) plain() bool {
	return !slices.ContainsFunc(n.words, func(w *string) bool { return !attendance.UserID(halfWidth(*w)).Valid() })
}

// knownNames are the members of a corporation by userid and by name.
type knownNames struct {
	ids   map[string]bool // folded
	named map[string][]string
}

func newKnownNames(n int) *knownNames {
	return &knownNames{make(map[string]bool, n), make(map[string][]string, n)}
}

func (k *knownNames) add(id, name string) {
	k.ids[attendance.UserID(id).Fold()] = true
	k.named[halfWidth(name)] = append(k.named[halfWidth(name)], id)
}

// resolve makes userids of the words. A word that could be a userid and is nobody
// stays as it is: what is done with it tells.
func (n *naming) resolve(known *knownNames) error {
	for _, w := range n.words {
		word := halfWidth(*w)
		ids := known.named[word]
		switch valid := attendance.UserID(word).Valid(); {
		case valid && (known.ids[attendance.UserID(word).Fold()] || len(ids) == 0):
			*w = word
		case len(ids) == 0:
			return failf("name %q: %w", word, attendance.ErrUnknownUser)
		case len(ids) > 1:
			return failf("%s is %w: say which by the userid", word, anyOf(ids))
		default:
			if !isQuiet(n.cmd) {
				fmt.Fprintln(n.cmd.ErrOrStderr(), say(n.cmd, "%s is %s", word, ids[0]))
			}
			*w = ids[0]
		}
	}
	return nil
}

// anyOf lists values as 1001, 1002 or 1040: an error, for the language that it
// is said in is not known here.
func anyOf(values []string) error {
	last := len(values) - 1
	return failf("%s or %s", strings.Join(values[:last], ", "), values[last])
}
