package api

import (
	"errors"
	"io"
	"net/http"
	"unicode/utf8"

	"github.com/tidewaiter/tidewaiter/internal/api/sheetitem"
	"github.com/tidewaiter/tidewaiter/internal/barcode"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/product"
)

// photoBody bounds a photo of a code: as a camera takes it.
const photoBody = 16 << 20

// decodedOut is what was read in a photo. That a code is known says nothing of the
// goods: a copy carries it, too.
type decodedOut struct {
	Codes []readCodeOut `json:"codes"`
}

// readCodeOut is a code in a photo, with the sheets that have it.
type readCodeOut struct {
	Format   string              `json:"format"` // ean-13, ean-8, upc-a, upc-e, code-128, itf-14, qr, data-matrix
	Text     string              `json:"text"`
	GTIN     string              `json:"gtin,omitempty"` // 14 digits
	Batch    string              `json:"batch,omitempty"`
	Serial   string              `json:"serial,omitempty"`
	Expiry   string              `json:"expiry,omitempty"`
	Issuer   string              `json:"issuer,omitempty"` // country of the office that issued the prefix; not the origin
	Products []sheetitem.Product `json:"products"`
}

func (d *Door) products(w http.ResponseWriter, r *http.Request, c *call) error {
	q, err := d.productQuery(r)
	if err != nil {
		return err
	}
	f, err := d.Products.Find(r.Context(), c.who(), q)
	if fault.Is(err, fault.Invalid) {
		return refused(http.StatusBadRequest, "api.query", fault.Field{Path: "q", Key: "fault.too-long", Args: fault.Args{"max": int64(maxWords)}})
	}
	if err != nil {
		return err
	}
	out := list[sheetitem.Product]{Items: []sheetitem.Product{}}
	for _, i := range f.Items {
		out.Items = append(out.Items, sheetitem.Of(i))
	}
	if f.Next != nil {
		out.Next = d.Cursors.Places([]door.Place{{Operation: staleness(f.Next.Stale), Seq: f.Next.Seq}})
	}
	return answer(w, http.StatusOK, out)
}

func staleness(stale bool) int64 {
	if stale {
		return 1
	}
	return 0
}

// productQuery reads what is looked for.
func (d *Door) productQuery(r *http.Request) (product.Query, error) {
	v := r.URL.Query()
	q := product.Query{Text: v.Get("q"), Code: v.Get("code"), Category: v.Get("category"), Brand: holder.BrandID(v.Get("brand"))}
	for _, name := range []string{"q", "code"} {
		if utf8.RuneCountInString(v.Get(name)) > maxWords {
			return q, refused(http.StatusBadRequest, "api.query", fault.Field{Path: name, Key: "fault.too-long", Args: fault.Args{"max": int64(maxWords)}})
		}
	}
	limit, err := limitOf(r)
	if err != nil {
		return q, err
	}
	q.Limit = int(limit)
	if cursor := v.Get("cursor"); cursor != "" {
		places, err := d.Cursors.ReadPlaces(cursor)
		if err != nil {
			return q, err
		}
		q.After = product.Cursor{Stale: places[0].Operation == 1, Seq: places[0].Seq}
	}
	return q, nil
}

func (d *Door) product(w http.ResponseWriter, r *http.Request, c *call) error {
	id, err := id(r)
	if err != nil {
		return err
	}
	o, err := d.Products.Read(r.Context(), c.who(), product.Name{ID: product.ID(id), From: organisation.ID(r.URL.Query().Get("organisation"))}, 0)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, sheetitem.Whole(o, Prefix))
}

// decodePhoto reads the codes in a photo, once the caller is known to look up.
func (d *Door) decodePhoto(w http.ResponseWriter, r *http.Request, c *call) error {
	if _, err := d.Products.Find(r.Context(), c.who(), product.Query{Limit: 1}); err != nil {
		return err
	}
	photo, err := io.ReadAll(r.Body)
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		return fault.Of(fault.TooLarge, "fault.too-large").Because(err)
	}
	if err != nil {
		return refused(http.StatusBadRequest, "api.truncated")
	}
	codes, err := d.Barcodes.Read(r.Context(), photo)
	if err != nil {
		return err
	}
	out, err := d.known(r, c, codes)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, out)
}

// known are codes with the sheets that have them.
func (d *Door) known(r *http.Request, c *call, codes []barcode.Code) (decodedOut, error) {
	out := decodedOut{Codes: []readCodeOut{}}
	for _, read := range codes {
		one := readCodeOut{Format: string(read.Format), Text: read.Text, GTIN: read.GTIN, Batch: read.Batch, Serial: read.Serial, Expiry: read.Expiry,
			Issuer: barcode.Prefix(read.GTIN), Products: []sheetitem.Product{}}
		f, err := d.Products.Find(r.Context(), c.who(), product.Query{Code: read.Text})
		if err != nil {
			return out, err
		}
		for _, i := range f.Items {
			one.Products = append(one.Products, sheetitem.Of(i))
		}
		out.Codes = append(out.Codes, one)
	}
	return out, nil
}
