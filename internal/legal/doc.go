// Package legal counts the days that the law gives when goods are held: which
// deadline runs from what, by whose calendar, and when it ends.
//
// The law is data. A Profile says for one administration what happens under which
// procedure: notices, deadlines, extensions, what is different for perishable
// goods and for small consignments, who pays, and what may be told to a right
// holder at which stage. It carries its source, its author, who checked it and
// when; a profile that nobody has checked says so. A Calendar says which days are
// worked at an office: its weekend, its holidays, the days worked instead, its
// time zone, and for which years its holidays are known.
//
// Everything here is pure. A clock warns; nothing here or above it releases goods:
// they may be held under other law, and that is for people to decide.
package legal
