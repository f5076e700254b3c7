// Package server joins store, use cases, edges and middleware into one HTTP
// handler, and serves it.
//
// It is wired from values and keeps no state of its own beside them; where the
// values come from is the command's business.
package server
