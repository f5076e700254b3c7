// Package adminapi answers daka's own operations under /daka: JSON in and out,
// the token of an admin app in the Authorization header, and a typed error with
// its HTTP status.
//
// It is an edge: it translates between package admin and the use cases, and
// decides nothing by itself.
package adminapi
