// Package pack keeps lists of codes that are too large for the program, or whose
// licence leaves it to the one who runs it: the Harmonized System by edition
// and language, UN/LOCODE, units.
//
// A pack is one list in one edition and one language, with whence it came and
// under which licence. The administrator loads it from a file (File, Read) and
// takes it out again; it is never changed. Its rows stand in code_item, what it
// is in code_pack and in the instance's journal, with a digest of all rows, so
// that verify finds a changed one. Backups carry packs.
//
// A small core is built in: the chapters of the Harmonized System and headings
// that operations meet, in our own words, and places known to every carrier. A
// pack comes before the core, the reader's language before English, the newest
// pack before older ones. Codes that no list knows stay what they are: records
// keep what was on the paper, and no record asks a pack whether it may stand.
//
// Everybody signed in may look codes up.
package pack
