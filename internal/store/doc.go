// Package store keeps the facts, in an embedded SQLite file or in PostgreSQL.
//
// It is the only place with SQL. It computes nothing, knows nothing of the
// wire and takes the documents of rules as opaque bytes; what a fact means is
// said by package attendance, who may write it by package app. Facts are only
// ever added: a change is a newer version with its own known_at.
//
// Where a query says +known_at, the sign keeps SQLite from an index over that
// column, by which it would read all that a corporation ever knew.
package store
