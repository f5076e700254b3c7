// Package wire translates between WeCom's JSON and the nouns of package
// attendance, by pure functions that each go one way.
//
// It does no input or output and judges nothing: whether a request is allowed
// is the business of its Validate method and of package app.
package wire
