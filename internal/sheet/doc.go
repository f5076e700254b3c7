// Package sheet reads the tables people keep, CSV and Excel, as rows of
// members, shifts and punches. It knows no database: whether a member or a shift
// exists is not its business.
package sheet
