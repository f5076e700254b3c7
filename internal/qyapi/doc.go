// Package qyapi answers WeCom's calls, /cgi-bin/*: it checks the token, decodes
// what clients send with the liberties they take, validates, calls the use
// cases and turns what went wrong into WeCom's codes. Its Pusher tells providers
// of events through the callbacks of their suites.
//
// It knows nothing of the store or of how reports are computed, and it does not
// log: what a call came to is handed to Options.Observe.
package qyapi
