// Package terminal reads what attendance terminals write: the files they
// export. It makes punches of them and stores nothing itself.
package terminal
