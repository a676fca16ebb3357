// Package alert keeps what customs should look for now: an urgent shipment, a new
// way of faking, a dangerous product.
//
// Right holders issue alerts in their own or a mandated name once they are vetted,
// and so does who coordinates. An alert is for all customs, for the administrations
// of some countries, or for who takes part in some operations; a right holder names
// countries without being told which of them are here, and operations in which it
// stands itself. Every organisation that reads an alert acknowledges it once, by
// anybody of it; coordination sees who has not and reminds them, and time reminds
// of what is urgent. An alert ends with its last day, or is withdrawn with a reason.
// What it says is never changed: what changes is another alert.
//
// Of who received or acknowledged an alert a right holder learns nothing. An alert
// becomes a warning of an operation by a form that is filled from it (web); nothing
// here knows of that.
//
// The package owns the tables alert, alert_acknowledgement and alert_reminder, all
// of the library, and appends alert.issue, alert.acknowledge, alert.remind and
// alert.withdraw.
package alert
