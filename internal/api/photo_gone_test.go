package api_test

import (
	"bytes"
	"net/http"
	"slices"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
	"github.com/tidewaiter/tidewaiter/internal/withdrawal"
)

// contactOf is the contact point of an organisation.
func (w *world) contactOf(organisation int64) access.Actor {
	w.t.Helper()
	_, members, err := w.app.Operations.People(w.t.Context(), w.sessionOf("coordinator").Actor, action)
	w.must(err)
	for _, m := range members {
		for _, p := range m.People {
			if m.Organisation.Number == organisation && slices.Contains(p.Roles, access.ContactPoint) {
				return access.Actor{Person: string(p.Person.ID), Organisation: organisation, ContactPoint: true}
			}
		}
	}
	w.t.Fatal("it has no contact point")
	return access.Actor{}
}

// The same photo again, after its case was erased, is refused and says why.
func TestPhotoOfAnErasedCase(t *testing.T) {
	w := newWorld(t)
	officer, id, file := w.as("officer"), source.Real().ID(), source.Real().ID()
	me, head := w.sessionOf("officer").Actor, w.sessionOf("director").Actor
	if a := officer.put(base+"/cases/"+id, plainCase); a.status != http.StatusCreated {
		t.Fatalf("%d %s", a.status, a.body)
	}
	_, err := w.app.Attachments.Receive(t.Context(), me, action, attachment.Draft{ID: attachment.ID(file), Name: "a.png"}, bytes.NewReader(webtest.Drawn(300, 200)))
	w.must(err)
	at := base + "/cases/" + id + "/photos/" + file
	if a := officer.put(at, `{}`); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	_, c, _, err := w.app.Seizures.Find(t.Context(), me, action, seizure.Name{ID: seizure.ID(id)})
	w.must(err)
	w.must(w.app.Withdrawals.Ask(t.Context(), w.contactOf(me.Organisation), action, withdrawal.Asking{Kind: reading.Case, Record: c.Seq, Code: "personal-data", Reason: "A face."}))
	desk, err := w.app.Withdrawals.Desk(t.Context(), head, action)
	w.must(err)
	i := slices.IndexFunc(desk.Requests, func(r withdrawal.Redaction) bool { return r.Record == c.Seq })
	w.must(w.app.Withdrawals.Accept(t.Context(), head, action, desk.Requests[i].Seq))
	if a := officer.put(at, `{}`); a.status != http.StatusConflict {
		t.Errorf("%d %s", a.status, a.body)
	}
}
