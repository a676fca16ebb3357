package workshop_test

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/document"
	"github.com/tidewaiter/tidewaiter/internal/nomination/nominationtest"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// publish puts a document for some sides into the library of documents.
func publish(w *nominationtest.World, title string, to ...access.Side) document.Document {
	w.T.Helper()
	key, err := blob.NewKey()
	w.Must(err)
	dir := w.T.TempDir()
	keys, err := blob.OpenKeys(filepath.Join(dir, "keys"), key)
	w.Must(err)
	disk, err := blob.OpenDisk(filepath.Join(dir, blob.Directory))
	w.Must(err)
	w.T.Cleanup(func() { disk.Close() })
	files := attachment.NewStore(w.DB, w.Journal, w.Source, blob.NewVault(disk, keys, source.Real()))
	w.Tick()
	a, err := files.Receive(w.T.Context(), w.Actor["wco"], nominationtest.Code, attachment.Draft{ID: attachment.ID(nominationtest.ID()), Name: "plan.pdf"}, bytes.NewReader([]byte("%PDF-1.4\n"+title)))
	w.Must(err)
	d, _, err := document.NewStore(w.DB, w.Journal, w.Source).Publish(w.T.Context(), w.Actor["wco"], nominationtest.Code, document.Draft{ID: document.ID(nominationtest.ID()), Kind: "operational-plan", Title: title,
		Language: "en", TLP: "AMBER", To: audience.Address{Sides: to}, File: a.ID})
	w.Must(err)
	return d
}

func materials(o workshop.Opened) (out string) {
	for _, m := range o.Materials {
		out += m.Title + ";"
	}
	return out
}

// A material is listed for who may open it and reads where it hangs; a letter says of the
// agenda what the invited may know, whoever prints it.
func TestMaterialsAndLetters(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := nominationtest.New(t, d)
		ctx := t.Context()
		of := w.Called("wco.trainer", w.Draft()).ID
		marks := w.Add(of, w.Session("Marks", "2017-03-25T10:00", "2017-03-25T11:00", "holder"))
		w.Add(of, w.Session("Buoys", "2017-03-25T11:00", "2017-03-25T12:00", "rival"))
		supply := func(doc document.Document, session workshop.ID) workshop.Material {
			w.Tick()
			m := workshop.MaterialDraft{ID: workshop.ID(nominationtest.ID()), Session: session, Kind: workshop.MaterialDocument, Ref: string(doc.ID)}
			made, err := w.Workshops.Supply(ctx, w.Actor["wco.trainer"], nominationtest.Code, of, m)
			w.Must(err)
			again, err := w.Workshops.Supply(ctx, w.Actor["wco.trainer"], nominationtest.Code, of, m)
			w.Must(err)
			if again.Seq != made.Seq {
				t.Error("the same again is another")
			}
			return made
		}
		everybody := []access.Side{access.Enforcement, access.ObserverSide, access.RightHolderSide}
		all := publish(w, "All", everybody...)
		supply(all, "")
		customs := supply(publish(w, "Customs", access.Enforcement), "")
		supply(publish(w, "Slides", everybody...), marks.ID)
		want := map[string]string{"wco": "All;Customs;Slides;", "xb.officer": "All;Customs;Slides;", "holder": "All;Slides;", "rival": "All;", "observer": "All;"}
		see := func() {
			t.Helper()
			for by, list := range want {
				if got := materials(w.Read(by, of)); got != list {
					t.Errorf("%s reads %q, want %q", by, got, list)
				}
			}
		}
		see()
		_, err := w.Workshops.Supply(ctx, w.Actor["wco.trainer"], nominationtest.Code, of, workshop.MaterialDraft{ID: workshop.ID(nominationtest.ID()), Kind: workshop.MaterialDocument, Ref: string(all.ID)})
		says(t, err, "ref: workshop.supplied-already")
		for kind, key := range map[string]string{workshop.MaterialDocument: "document", workshop.MaterialLesson: "lesson"} {
			_, err := w.Workshops.Supply(ctx, w.Actor["wco.trainer"], nominationtest.Code, of, workshop.MaterialDraft{ID: workshop.ID(nominationtest.ID()), Kind: kind, Ref: nominationtest.ID()})
			says(t, err, "ref: workshop.no-such-"+key)
		}
		_, err = w.Workshops.Supply(ctx, w.Actor["wco.trainer"], nominationtest.Code, of, workshop.MaterialDraft{ID: workshop.ID(nominationtest.ID()), Kind: workshop.MaterialPractice, Ref: nominationtest.ID()})
		says(t, err, "fault.not-found")
		says(t, w.Workshops.Remove(ctx, w.Actor["xa.trainer"], nominationtest.Code, of, customs.ID), "fault.not-found")
		w.Must(w.Workshops.Remove(ctx, w.Actor["wco"], nominationtest.Code, of, customs.ID))
		w.Must(document.NewStore(w.DB, w.Journal, w.Source).Withdraw(ctx, w.Actor["wco"], nominationtest.Code, all.Seq, "Old."))
		want = map[string]string{"wco": "Slides;", "xb.officer": "Slides;", "holder": "Slides;", "rival": "", "observer": ""}
		see()
		// Where another right holder speaks now, the slides go with the session.
		_, err = w.Workshops.AmendSession(ctx, w.Actor["wco"], nominationtest.Code, of, marks.ID, w.Session("Marks", marks.Starts, marks.Ends, "rival"), marks.Version)
		w.Must(err)
		want["holder"], want["rival"] = "", "Slides;"
		see()

		guest := w.Nominate("holder", of, w.Nominee("Hers"))
		l, err := w.Workshops.Invitation(ctx, w.Actor["wco.trainer"], nominationtest.Code, of, workshop.Invited{Participant: guest.ID})
		w.Must(err)
		if len(l.Agenda) != 0 || l.Name != "Hers" || l.Language != "fr" || l.To.Name != "Body holder" || l.From.Name != "Body wco" {
			t.Errorf("the letter: %+v", l)
		}
		l, err = w.Workshops.Invitation(ctx, w.Actor["rival"], nominationtest.Code, of, workshop.Invited{Organisation: w.Body["rival"].ID})
		w.Must(err)
		if len(l.Agenda) != 2 || l.Language != "en" {
			t.Errorf("the rival's letter: %+v", l)
		}
		for _, to := range []workshop.Invited{{Participant: guest.ID}, {Organisation: w.Body["holder"].ID}, {Organisation: w.Body["stranger"].ID}, {}} {
			_, err := w.Workshops.Invitation(ctx, w.Actor["rival"], nominationtest.Code, of, to)
			says(t, err, "fault.not-found")
		}
		w.Fine()
	})
}
