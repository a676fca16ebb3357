// Package organisation keeps the bodies that take part: customs
// administrations, the WCO Secretariat, regional intelligence offices (RILO),
// right holders, partners and observers.
//
// An organisation is registered by the administrator of the instance; its own
// contact points may amend it. It carries what belongs to it in every operation:
// its names, country or area, time zone and language, and who lets a record
// leave it: the reporting officer, or a contact point, optionally released by
// time when no contact point has acted. Changes are journalled in the instance's
// journal. In tables of an operation an organisation is its number.
package organisation
