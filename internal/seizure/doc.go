// Package seizure keeps cases: what was stopped, where, with which goods.
//
// One case is one interception; it may hold several lines of goods. A draft is
// seen by the organisation that writes it. Reporting lets it out: at once, or,
// where the administration so chooses, only when its contact point releases it
// (or a set time has passed); until then its own organisation and coordination
// see it. Release and recall change the audience and are journalled. A
// correction is a new version; every version is kept; a withdrawn case stays,
// and is not counted.
//
// The operation's counting rule gives each case a class: counted, or why not.
// The tallies are changed in the transaction that changes a case, per audience,
// so that a reader's figures are the sum over the audiences it may read and can
// never show what its lists would hide.
package seizure
