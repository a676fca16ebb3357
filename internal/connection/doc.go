// Package connection says what connects cases, how strongly, and why.
//
// Two cases are connected by what they share: a container, a waybill, a vehicle, a
// consignor code, a brand with a lot, a GTIN, a concealment, a route, a picture that
// looks like another. Each such fact has a weight, and weighs less the more of the
// cases that the reader may read have it; a fact that very many of them share says
// little, is left out, and that is said. Only what the reader may read ever counts: a
// hidden case changes nothing of what is shown, how much, or in what order. People
// confirm a connection or hide it, with a reason; both are entries of the journal.
// From one case the chart grows by steps that its reader asks for.
//
// Facts stand in memory (Index) and follow the journal (package following): they
// only propose, and every case is read from the database, restricted by audience. The
// package owns the table connection_judgement. What is known to be good it is told
// (Store.Good) by package watchlist, which stands above it.
package connection
