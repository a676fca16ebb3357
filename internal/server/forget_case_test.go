package server_test

import (
	"bytes"
	"image"
	"image/png"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/verify"
	"github.com/tidewaiter/tidewaiter/internal/withdrawal"
)

// The photos of a case whose content is erased are gone with it, their captions
// too; who opened one has had the case.
func TestPhotosOfAnErasedCase(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		q, ctx := newQuay(t, url), t.Context()
		none, who := q.files(), q.actor["xa"]
		q.must(q.app.Attachments.Retain(ctx, q.actor["wco"], tide, true))
		c, err := q.app.Seizures.Report(ctx, who, tide, seizure.Draft{ID: seizure.ID(q.app.Clock.ID()), Country: "XA", Day: "2026-02-06", Language: "en",
			Goods: []goods.Line{{Category: "FOO"}}})
		q.must(err)
		var b bytes.Buffer
		q.must(png.Encode(&b, image.NewGray(image.Rect(0, 0, 20, 30))))
		id := attachment.ID(q.app.Clock.ID())
		_, err = q.app.Attachments.Receive(ctx, who, tide, attachment.Draft{ID: id, Name: "driver.png"}, &b)
		q.must(err)
		photos, err := q.app.Seizures.Attach(ctx, who, tide, c.Seq, []seizure.PhotoDraft{{ID: id, Caption: "The driver"}})
		q.must(err)
		o, err := q.app.Attachments.Open(ctx, q.actor["wco"], tide, attachment.Name{Seq: photos[0].Attachment}, attachment.Whole)
		q.must(err)
		q.must(o.Close())
		q.must(q.app.Readings.Flush(ctx))
		had, err := q.app.Withdrawals.Receipts(ctx, q.actor["wco"], tide, reading.Case, c.Seq)
		q.must(err)
		if len(had.All) == 0 {
			t.Errorf("who opened its photo has not had the case: %+v", had)
		}
		q.must(q.app.Withdrawals.Ask(ctx, who, tide, withdrawal.Asking{Kind: reading.Case, Record: c.Seq, Code: "personal-data", Reason: "A face."}))
		desk, err := q.app.Withdrawals.Desk(ctx, q.actor["wco"], tide)
		q.must(err)
		q.must(q.app.Withdrawals.Accept(ctx, q.actor["wco"], tide, desk.Requests[0].Seq))
		if n := q.files(); n != none {
			t.Errorf("%d files of the photo are left", n-none)
		}
		f, err := q.app.Seizures.Read(ctx, who, tide, c.Reference)
		q.must(err)
		if len(f.Case.Photos) != 1 || f.Case.Photos[0].Caption != "" || f.Case.Photos[0].File.Name != "" {
			t.Errorf("%+v", f.Case.Photos)
		}
		q.must(q.app.Readings.Flush(ctx))
		r, err := verify.Database(ctx, q.app.DB, verify.Options{Vault: q.app.Vault})
		q.must(err)
		if !r.Fine() {
			t.Errorf("%v", r.Findings)
		}
	})
}
