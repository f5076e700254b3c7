// Package compat drives foreign WeCom SDKs against a daka server. It is a
// module of its own, so that nobody who imports daka depends on them. None of
// its tests runs in parallel: both SDKs have state of the whole process.
package compat
