package main

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/spf13/cobra"
)

// listFlag is a list with commas; it knows whether it was given.
type listFlag struct {
	items []string
	given bool
}

func (f *listFlag) String() string { return strings.Join(f.items, ",") }

func (f *listFlag) Type() string { return "list" }

func (f *listFlag) Set(text string) error {
	f.items, f.given = words(text), true
	return nil
}

// words splits a text at its commas and leaves out what is empty.
func words(text string) (list []string) {
	for item := range strings.SplitSeq(text, ",") {
		if item = strings.TrimSpace(item); item != "" {
			list = append(list, item)
		}
	}
	return list
}

// permissionHelp says what --permissions takes.
const permissionHelp = `  checkin:app:base               the check-in interface (what a suite has by default)
  hardware:checkin:checkin_data  beside it, for third-party apps: what devices recorded
  approval:base:base             approval forms and kinds of leave`

// permissionFlag is a list of permissions: nil when it was not given, empty for
// none.
type permissionFlag struct{ list []app.Permission }

func (f *permissionFlag) String() string {
	if f == nil || f.list == nil {
		return ""
	}
	return joined(f.list)
}

func (f *permissionFlag) Type() string { return "list" }

func (f *permissionFlag) Set(text string) error {
	list := []app.Permission{}
	if text != "none" {
		for _, word := range words(text) {
			list = append(list, app.Permission(word))
		}
		if len(list) == 0 || slices.ContainsFunc(list, func(p app.Permission) bool { return !slices.Contains(app.AllPermissions, p) }) {
			return failf("want some of %s, or none", joined(app.AllPermissions))
		}
	}
	f.list = list
	return nil
}

// anywhere is the --trusted of an app whose calls may come from any address.
const anywhere = "any"

// trustedFlag is a list of networks; given and empty for any address.
type trustedFlag struct {
	networks []netip.Prefix
	given    bool
}

func (f *trustedFlag) String() string {
	if f == nil || !f.given {
		return ""
	}
	return networkText(f.networks)
}

func (f *trustedFlag) Type() string { return "list" }

func (f *trustedFlag) Set(text string) error {
	var networks []netip.Prefix
	if text != anywhere {
		for _, word := range words(text) {
			network, err := netip.ParsePrefix(word)
			if address, addrErr := netip.ParseAddr(word); addrErr == nil {
				network, err = netip.PrefixFrom(address.WithZone(""), address.BitLen()), nil
			}
			if err != nil || network.Addr().Is4In6() {
				return failf("%q is no address like 192.0.2.1 and no network like 192.0.2.0/24", word)
			}
			networks = append(networks, network.Masked())
		}
		if len(networks) == 0 {
			return failf("want addresses, networks or %s", anywhere)
		}
	}
	f.networks, f.given = networks, true
	return nil
}

func networkText(networks []netip.Prefix) string {
	if len(networks) == 0 {
		return anywhere
	}
	list := make([]string, len(networks))
	for i, n := range networks {
		list[i] = n.String()
	}
	return strings.Join(list, ",")
}

// rangeFlags say whom an app sees.
type rangeFlags struct{ depts, users, tags listFlag }

func (f *rangeFlags) bind(cmd *cobra.Command) {
	bind(cmd, "visible-depts", &f.depts)
	bind(cmd, "visible-users", &f.users)
	bind(cmd, "visible-tags", &f.tags)
}

func (f *rangeFlags) given() bool { return f.depts.given || f.users.given || f.tags.given }

// apply puts the lists that were given in the place of those of r.
func (f *rangeFlags) apply(r *app.Range) error {
	if f.depts.given {
		ids, err := numbers(f.depts.items, "--visible-depts")
		if err != nil {
			return err
		}
		r.Depts = nil
		for _, id := range ids {
			r.Depts = append(r.Depts, attendance.DeptID(id))
		}
	}
	if f.users.given {
		r.Users = nil
		for _, id := range f.users.items {
			r.Users = append(r.Users, attendance.UserID(id))
		}
	}
	if f.tags.given {
		ids, err := numbers(f.tags.items, "--visible-tags")
		if err != nil {
			return err
		}
		r.Tags = nil
		for _, id := range ids {
			r.Tags = append(r.Tags, attendance.TagID(id))
		}
	}
	return nil
}

func numbers(items []string, flag string) (list []int64, err error) {
	for _, item := range items {
		n, err := strconv.ParseInt(item, 10, 64)
		if err != nil {
			return nil, usagef("%s: %q is not a number", flag, item)
		}
		list = append(list, n)
	}
	return list, nil
}
