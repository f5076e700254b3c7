// Package explain tells in words why a day's report says what it says: the kind
// of the day, what was owed, where each punch went, what approvals changed, the
// verdicts and sums with their arithmetic, and what would change a verdict.
//
// It makes text of the reasons that a report carries and judges nothing itself;
// it knows no clock and does no I/O. All it can say stands in one table of
// words for each language.
package explain
