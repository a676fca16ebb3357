// Package nomination is how administrations name whom they send to a workshop, and how
// its host answers.
//
// The host says how many of each organisation may come. Once it calls, a contact point
// names people of its own, up to its places, all of a list or nobody; it may take them
// back until the workshop is over. The host confirms or declines them, all of a list or
// nobody. Whoever is confirmed after the last place waits; a place that falls free moves
// nobody up, the host sees it and says yes once more.
//
// The package owns no rows: it writes those of participant, by the rules of workshop, and
// appends workshop.nominate, workshop.confirm and, of places, workshop.amend.
package nomination
