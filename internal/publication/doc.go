// Package publication writes an operation's final report.
//
// Coordination begins it from the known outline (domain.md 4.4), writes texts in a
// subset of Markdown, and places figures, each of which is a question (package
// analysis). Each administration is asked for its contribution: challenges, lessons,
// cases of interest. Freezing makes a version: its figures are answered of the cases
// as they stand at that index of the journal, by the official figure, and never
// change; what is corrected afterwards makes another version, which says what
// changed. Each figure opens the cases behind it, for those who may read them.
// Administrations then clear the version by a day, dissent, or set an embargo.
//
// What of a version is for whom is package edition. The package owns the
// tables report, report_section, contribution, report_version and clearance.
package publication
