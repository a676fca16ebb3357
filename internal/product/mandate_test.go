package product_test

import (
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/holder/holdertest"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/product"
)

// Who acts for some countries publishes for these, and changes nothing that goes further.
func TestMandateForCountries(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	ctx := t.Context()
	m, err := w.Holders.Grant(ctx, w.Actor["orva"], holder.Granting{ID: holder.ID(holdertest.ID()), Representative: w.Body["agent"].ID, Countries: []string{"XB"},
		Since: "2026-01-01", Until: "2026-12-31", Files: []attachment.ID{w.Upload("orva", operation.Library, "deed.pdf", []byte("%PDF-1.4\n"))}})
	w.Must(err)
	_, err = w.Holders.Check(ctx, w.Actor["wco.second"], w.Body["orva"].ID, m.ID)
	w.Must(err)
	s, _, err := w.store.Save(ctx, w.Actor["orva"], product.Saving{ID: product.ID(holdertest.ID()), Brand: w.Brand["orva"].ID, Content: content("x")})
	w.Must(err)
	n := product.Name{ID: s.ID, From: w.Body["orva"].ID}
	publish := func(who string, to product.To) error {
		_, err := w.store.Publish(ctx, w.Actor[who], n, product.Publishing{Edit: s.Edit, To: to})
		return err
	}
	w.Refused("for all", publish("agent", product.To{All: true}), fault.Invalid)
	w.Refused("for another country", publish("agent", product.To{Countries: []string{"XA", "XB"}}), fault.Invalid)
	w.Must(publish("agent", product.To{Countries: []string{"XB"}}))
	w.Must(publish("orva", product.To{All: true}))
	w.Refused("what is for all", publish("agent", product.To{Countries: []string{"XB"}}), fault.Invalid)
	_, err = w.store.SetPart(ctx, w.Actor["agent"], n, product.Parting{Kind: product.Traders, Language: "en", To: product.To{All: true}})
	w.Refused("traders for all", err, fault.Invalid)
	w.Refused("confirms what is for all", w.store.Confirm(ctx, w.Actor["agent"], n, 2, "2026-12-31"), fault.Invalid)
	w.Refused("withdraws what is for all", w.store.Withdraw(ctx, w.Actor["agent"], n, "No."), fault.Invalid)
}
