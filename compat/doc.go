// Package compat drives foreign WeCom SDKs against a daka server. It is a
// module of its own, so that nobody who imports daka depends on them.
package compat
