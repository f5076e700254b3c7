// Package rig is what a server on a test database can be turned with: its
// clock, the faults that calls meet, and the log of what came in.
//
// It is plain state, safe for concurrent use, that knows neither HTTP nor the
// database; the edges and the server's middleware act on it.
package rig
