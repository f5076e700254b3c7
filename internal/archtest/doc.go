// Package archtest guards the shape of the module: which package may import
// which, that every package says what it is for, and that the engine stays a
// pure function. It holds nothing but tests.
package archtest
