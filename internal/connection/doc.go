// Package connection says what connects cases, how strongly, and why.
//
// Two cases are connected by what they share: a container, a waybill, a vehicle, a
// consignor code, a brand with a lot, a GTIN, packaging, a route, a picture that looks
// like another. Each fact has a strength; a value that very many cases share says
// little, is left out, and that is said. Only what the reader may read ever counts: a
// hidden case changes nothing of what is shown, how much, or in what order. People
// confirm a connection or hide it, with a reason; both are entries of the journal.
// From one case the chart grows by steps that its reader asks for.
//
// The package owns the tables connection_fact (derived) and connection_judgement.
package connection
