// Package store keeps the facts, in an embedded SQLite file or in PostgreSQL.
//
// It is the only place with SQL. It computes nothing, knows nothing of the
// wire and takes the documents of rules as opaque bytes; what a fact means is
// said by package attendance, who may write it by package app. Facts are only
// ever added: a change is a newer version with its own known_at.
package store
