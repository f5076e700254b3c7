// Package sample makes a company that never was, with a history that could
// have been: departments, members, rules, shifts, punches and corrections. It
// makes it through package app alone, as anybody would have to.
package sample
