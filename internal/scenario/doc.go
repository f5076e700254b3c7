// Package scenario reads attendance scenarios, small stories of rules,
// punches and approvals with the report they must give, and runs them against
// anything that computes reports. It computes nothing itself.
package scenario
