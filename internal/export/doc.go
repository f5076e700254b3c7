// Package export writes attendance as files for people: workbooks (xlsx) and
// CSV, with headings in Chinese or English.
//
// A Table says which columns a kind of row has; XLSX and CSV write rows of it as
// they come, however many there are. It computes nothing but what a grid of
// people and days shows, and knows neither where rows come from nor where the
// file goes.
package export
