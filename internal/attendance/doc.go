// Package attendance holds the nouns of check-in: days, punches, rules, plans,
// reports and the findings in them.
//
// It is what every other package talks about. It knows nothing of JSON, of
// databases or of a clock, and computes nothing but conversions of its own
// types: judging is the work of package engine.
package attendance
