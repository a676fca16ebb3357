// Package intake is how a sheet comes in through a page: handed in, looked at,
// imported.
//
// A sheet that somebody hands in is kept encrypted, for that person alone, until it
// is thrown away or a day has passed. Look says how it would be read, by a saved
// mapping of the organisation that fits its headings or by a first one that is
// guessed, and what would become of its rows; nothing is written yet. Start asks for
// a job, which reports every row as the person would, under the rights that the
// person has at that moment. It goes on after a restart: what is in already is not
// brought in twice, and counts as this import's if it came since it began.
//
// Mappings are kept per operation and organisation. Saving and dropping one is
// journalled; sheets are housekeeping, for the cases that come of them are
// journalled themselves. Docs: decision 41.
package intake
