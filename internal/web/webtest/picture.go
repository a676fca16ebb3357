package webtest

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Drawn is a PNG of a crate, of that size in pixels.
func Drawn(w, h int) []byte {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, color.RGBA{uint8(200 - x*120/w), uint8(120 + y*100/h), uint8(80 + (x/40+y/40)%2*90), 255})
		}
	}
	var b bytes.Buffer
	_ = png.Encode(&b, m)
	return b.Bytes()
}

// Photo is a photo that the officer has uploaded and not sent yet.
func (w *World) Photo() attachment.Attachment {
	w.T.Helper()
	a, err := w.App.Attachments.Receive(w.T.Context(), w.Session("officer").Actor, Operation,
		attachment.Draft{ID: attachment.ID(source.Real().ID()), Name: "crate.png"}, bytes.NewReader(Drawn(400, 300)))
	if err != nil {
		w.T.Fatal(err)
	}
	return a
}

// SendPhoto sends a photo as the officer; it gives it with the address of the message's page.
func (w *World) SendPhoto() (photo attachment.Attachment, page string) {
	w.T.Helper()
	a := w.Photo()
	return a, w.Send("officer", message.Draft{Subject: "Crate", TLP: "AMBER", Attachments: []attachment.ID{a.ID}})
}

// CasePhoto reports a case as the officer, with a photo; it gives the photo's address.
func (w *World) CasePhoto() string {
	w.T.Helper()
	ctx, who := w.T.Context(), w.Session("officer").Actor
	c, err := w.App.Seizures.Report(ctx, who, Operation, seizure.Draft{ID: seizure.ID(source.Real().ID()), Country: "XA", Day: "2017-02-08", Language: "en",
		Status: "seized", Conveyance: goods.Coded{Code: "sea"}, Goods: []goods.Line{{Category: "FOO"}}})
	if err != nil {
		w.T.Fatal(err)
	}
	photos, err := w.App.Seizures.Attach(ctx, who, Operation, c.Seq, []seizure.PhotoDraft{{ID: w.Photo().ID, Kind: seizure.XRayKind, Caption: "Dark field"}})
	if err != nil {
		w.T.Fatal(err)
	}
	return "/o/" + string(Operation) + "/c/" + c.Reference + "/photos/" + strconv.FormatInt(photos[0].Attachment, 10)
}
