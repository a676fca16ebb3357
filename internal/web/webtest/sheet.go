package webtest

import "strings"

// sheet has rows that would be taken and rows that would be refused.
const sheet = "Case No;Date;Country;Goods;Quantity;Brand;Officer\nA1;07/02/2017;Kenya;shoes;5;Acme;Smith\nA1;07/02/2017;Kenya;watches;12;;Smith\n" +
	"A2;31/02/2017;Kenya;shoes;7;Acme;Jones\nA3;18/02/2017;Atlantis;shoes;1;;\nA4;28/02/2017;France;toys;2,5;=1+1;Jones\n"

// Sheet hands a sheet in as a persona, and gives its id.
func (w *World) Sheet(persona string) string {
	w.T.Helper()
	s, err := w.App.Intake.Hand(w.T.Context(), w.Session(persona).Actor, Operation, "seizures-of-february.csv", strings.NewReader(sheet))
	if err != nil {
		w.T.Fatal(err)
	}
	return string(s.ID)
}
