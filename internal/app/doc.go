// Package app holds the use cases of daka, one method each: transactions,
// limits that need the facts, the clock, and the joining of store and engine.
//
// Every edge calls it and nothing else; there is one door to the punches,
// AddPunches, and one to the reports, DayReports. It knows nothing of HTTP.
package app
