package verify

import "fmt"

// Difference is one field of a report in which WeCom's value is not ours.
type Difference struct {
	Path   string `json:"path"` // exception_infos[exception=1].duration; "" = the report itself
	Ours   any    `json:"ours"` // a number or a text; null = there is no such field or report
	Theirs any    `json:"theirs"`

	cause Cause
}

// comparer compares two reports field by field.
type comparer struct {
	fields int // that were compared
	found  []Difference
}

// number compares two numbers. path has room for the args.
func (c *comparer) number(cause Cause, ours, theirs int64, path string, args ...int64) {
	c.fields++
	if ours != theirs {
		c.differ(cause, ours, theirs, path, args...)
	}
}

// credit compares amounts that WeCom may leave out, and then says nothing of.
func (c *comparer) credit(cause Cause, ours, theirs *int64, path string) {
	if ours != nil && theirs != nil {
		c.number(cause, *ours, *theirs, path)
	}
}

func (c *comparer) text(cause Cause, ours, theirs, path string) {
	c.fields++
	if ours != theirs {
		c.differ(cause, ours, theirs, path)
	}
}

func (c *comparer) differ(cause Cause, ours, theirs any, path string, args ...int64) {
	if len(args) > 0 {
		all := make([]any, len(args))
		for i := range args {
			all[i] = args[i]
		}
		path = fmt.Sprintf(path, all...)
	}
	c.found = append(c.found, Difference{Path: path, Ours: ours, Theirs: theirs, cause: cause})
}

// counts returns how many of the differences are not counted apart.
func counts(found []Difference) (n int) {
	for i := range found {
		if !found[i].cause.Apart() {
			n++
		}
	}
	return n
}
