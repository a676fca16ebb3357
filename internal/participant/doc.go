// Package participant keeps who takes part in a workshop, and on how many places.
//
// A participant is somebody of an administration: nominated, then confirmed, waiting for
// a place, declined, or withdrawn by its own. Places say how many of an organisation may
// come. Both are known to that organisation, the host and coordination; a row here knows
// its audience, and whoever calls decides who may read it.
//
// The package owns workshop_participant and workshop_places. What people do about them
// is nomination's, on the floor above workshop.
package participant
