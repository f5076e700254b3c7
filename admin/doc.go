// Package admin is the typed client of daka's own operations under /daka: apps,
// members, approvals, holidays, options, reports with their reasons, month
// close, audit, erasure, and what may be turned on a test database.
//
// Its structs are the bodies that server and client share. Instants are Unix
// seconds, durations seconds.
package admin
