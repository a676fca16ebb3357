package protection_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/protection"
)

// world is the library with the vetted right holders "holder" (brands mark and
// seal) and "rival" (brand buoy), and "agent", who acts for holder's mark in XA.
type world struct {
	*operationtest.World
	store *protection.Store
	brand map[string]holder.Brand
}

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	w := &world{World: operationtest.New(t, d), brand: map[string]holder.Brand{}}
	w.Library()
	w.store = protection.NewStore(d, w.Journal, w.Source)
	for i, name := range []string{"holder", "rival"} {
		w.put(`insert into vetting (operation, seq, organisation, id, state, until, body) values ($1, $2, $3, $4, $5, $6, $7)`,
			int64(9000+i), w.Body[name].Number, id(), holder.Checked, "2018-01-01",
			holder.Vetting{Organisation: w.Body[name].Number, State: holder.Checked, Until: "2018-01-01"})
	}
	for i, b := range [][2]string{{"holder", "mark"}, {"holder", "seal"}, {"rival", "buoy"}} {
		made := holder.Brand{Seq: int64(9100 + i), ID: holder.BrandID(id()), Organisation: w.Body[b[0]].Number, Name: "TIDE" + strings.ToUpper(b[1]), Also: []string{"Tide " + b[1]},
			Rights: []holder.Right{{Kind: "trade-mark", Number: "M-" + b[1], Countries: []string{"XA", "XB"}}}}
		w.brand[b[1]] = made
		w.put(`insert into brand (operation, seq, organisation, id, name, body) values ($1, $2, $3, $4, $5, $6)`, made.Seq, made.Organisation, string(made.ID), made.Name, made)
	}
	w.put(`insert into mandate (operation, seq, holder, id, representative, state, body) values ($1, $2, $3, $4, $5, $6, $7)`,
		int64(9200), w.Body["holder"].Number, id(), w.Body["agent"].Number, holder.Checked,
		holder.Mandate{Holder: w.Body["holder"].Number, Representative: w.Body["agent"].Number, State: holder.Checked, Since: "2017-01-01", Until: "2017-12-31",
			Brands: []holder.BrandID{w.brand["mark"].ID}, Countries: []string{"XA"}})
	return w
}

// put writes a row of package holder past its commands.
func (w *world) put(text string, args ...any) {
	w.T.Helper()
	body, err := json.Marshal(args[len(args)-1])
	w.Must(err)
	w.Must(w.DB.Keep(w.T.Context(), func(tx *db.Tx) error {
		o, err := operation.ByCode(tx, operation.Library)
		if err == nil {
			_, err = tx.Exec(db.Statement(text), append(append([]any{o.Number}, args[:len(args)-1]...), string(body))...)
		}
		return err
	}))
}

var ids int

// id makes ids that no other test of the process has.
func id() string {
	ids++
	return fmt.Sprintf("01890a5d-ac96-774b-bcce-%012x", ids)
}

func (w *world) draft(by string, brands ...string) protection.Draft {
	d := protection.Draft{ID: protection.ApplicationID(id()), Country: "XA", Contact: "office@example.org", Until: "2017-12-31"}
	for _, b := range brands {
		d.Brands = append(d.Brands, w.brand[b].ID)
		if w.Actor[by].Organisation != w.brand[b].Organisation {
			d.Holder = w.bodyOf(w.brand[b].Organisation)
		}
	}
	return d
}

func (w *world) file(by string, d protection.Draft) protection.Application {
	w.T.Helper()
	made, fresh, err := w.store.File(w.T.Context(), w.Actor[by], d)
	w.Must(err)
	if !fresh {
		w.T.Fatal("not new")
	}
	return made
}

// reads tells who of everybody reads an application.
func (w *world) reads(a protection.Application) string {
	w.T.Helper()
	var out []string
	for _, name := range []string{"wco", "xa", "xb", "holder", "rival", "agent", "observer", "stranger", "gone"} {
		_, err := w.store.Read(w.T.Context(), w.Actor[name], protection.Name{ID: a.ID, From: w.bodyOf(a.Organisation)})
		page, listErr := w.store.Applications(w.T.Context(), w.Actor[name], protection.Filter{})
		listed := false
		for _, i := range page.Items {
			listed = listed || i.ID == a.ID && i.Organisation == a.Organisation
		}
		if listed != (err == nil) {
			w.T.Errorf("%s: opened %v, listed %v (%v)", name, err, listed, listErr)
		}
		if err == nil {
			out = append(out, name)
		}
	}
	return strings.Join(out, " ")
}

func (w *world) line(who, brand, country string) protection.Line {
	w.T.Helper()
	var l protection.Line
	w.Must(w.DB.Read(w.T.Context(), func(tx *db.Tx) (err error) {
		st, err := operation.Enter(tx, w.Source.Now(), w.Actor[who], operation.Library, access.ProtectionRead)
		if err == nil {
			l, err = protection.Here(tx, st, w.brand[brand], country)
		}
		return err
	}))
	return l
}
