package story

import "time"

// Membership is an organisation's place in an operation.
type Membership struct {
	Operation    string
	Organisation string
	Side         string
	Directing    bool // a directing body is a member from the opening on
	InvitedAt    time.Time
	AcceptedAt   time.Time // zero: not accepted when the story ends
	InvitedBy    string    // login
	AcceptedBy   string    // login of a contact point
	Handling     int       // version accepted
}

// trialMember tells which administrations take part in the import trial.
func trialMember(code string) bool {
	return code == HomeOfPersonas || code == "XB" || code == HostOfRILO
}

// openings are when the operations are opened, and by whom.
var openings = map[string]struct {
	at time.Time
	by string
}{
	CodeActionIPR2:   {time.Date(2016, 10, 3, 8, 15, 0, 0, time.UTC), "director"},
	CodeImportTrial:  {time.Date(2016, 11, 7, 9, 0, 0, 0, time.UTC), "director"},
	CodeLibrary:      {time.Date(2016, 10, 3, 9, 30, 0, 0, time.UTC), "director"},
	CodeHarbourLight: {time.Date(2016, 11, 14, 21, 0, 0, 0, time.UTC), "srcc.director"},
}

// memberships seats every organisation. Administrations accept on different
// days; the waiting one has not.
func memberships(o *Operation, orgs []*Organisation, first map[string]string) []*Membership {
	var out []*Membership
	opened := openings[o.Code]
	for i, org := range orgs {
		m := &Membership{Operation: o.Code, Organisation: org.Code, InvitedBy: opened.by, Handling: o.Handling.Version}
		switch {
		case contains(o.Directing, org.Code):
			m.Side, m.Directing = SideCoordination, true
			m.InvitedAt, m.AcceptedAt = opened.at, opened.at.Add(time.Duration(i)*time.Minute)
			m.AcceptedBy = first[org.Code]
			out = append(out, m)
			continue
		case o.Code == CodeActionIPR2 && org.Kind == KindAdministration && org.Code != strangerRow.code,
			o.Code == CodeImportTrial && trialMember(org.Code), o.Code == CodeHarbourLight && org.Code == strangerRow.code:
			m.Side = SideEnforcement
		case o.Code == CodeLibrary && org.Code == waitingRow.code:
			continue
		case o.Code == CodeLibrary && org.Kind == KindAdministration && org.Code != strangerRow.code:
			m.Side = SideEnforcement
		case (o.Code == CodeActionIPR2 || o.Code == CodeLibrary) && org.Kind == KindRightHolder:
			m.Side = SideRightHolder
		case o.Code == CodeActionIPR2 && org.Kind == KindObserver:
			m.Side = SideObserver
		default:
			continue
		}
		m.InvitedAt = opened.at.Add(24*time.Hour + time.Duration(i)*7*time.Minute)
		if o.Code == CodeLibrary { // a standing group, which all had agreed on before
			m.AcceptedAt, m.AcceptedBy = m.InvitedAt.Add(time.Duration(2+i*5%11)*time.Hour), first[org.Code]
			out = append(out, m)
			continue
		}
		if org.Code != waitingRow.code {
			m.AcceptedAt = m.InvitedAt.Add(time.Duration(1+i*5%23)*24*time.Hour + time.Duration(i*37%540)*time.Minute)
			m.AcceptedBy = first[org.Code]
		} else {
			m.Handling = 0
		}
		out = append(out, m)
	}
	return out
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
