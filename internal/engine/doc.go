// Package engine judges attendance: rules, schedules and punches in, reports
// with reasons out.
//
// It is a pure function over the nouns of package attendance. It knows no
// clock, no database and no JSON, starts no goroutine and keeps no state of its
// own; what may be known is decided by the facts it is given and their AsOf.
//
// The way through it: Prepare turns a rule into the kinds of days it has,
// NewCorp joins the rules of a corporation, and an Evaluator takes one member
// at a time: resolve (which rule, which kind of day), assign (which punches
// belong to the day), fill (which card is in which slot), judge (what is wrong
// with it). Month folds days and nothing else.
package engine
