package webtest

import (
	"bytes"
	"image"
	"image/color"
	"image/png"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/message"
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
