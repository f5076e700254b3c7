// Package mirror copies a corporation's check-in history out of WeCom, or any
// server like it, into a database, and keeps the copy up to date.
//
// It asks through the clients of packages wecom and checkin and stores by the
// use cases of package app; it computes no report.
package mirror
