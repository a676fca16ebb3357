package tell

import (
	"bytes"
	"context"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/alert"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/contact"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/story"
	"github.com/tidewaiter/tidewaiter/internal/story/sheet"
)

// tellShelf tells the library of product sheets; told is false for other steps. Where
// there is no place for files, there is no library.
func (t *Teller) tellShelf(ctx context.Context, who access.Actor, step story.Step) (told bool, err error) {
	if !t.shelves() {
		switch step.(type) {
		case story.HolderApplied, story.HolderVetted, story.BrandRegistered, story.SheetPublished, story.SheetMarked, story.AlertIssued,
			story.AlertRead, story.ContactSet:
			return true, nil
		}
		return false, nil
	}
	switch s := step.(type) {
	case story.HolderApplied:
		err = t.apply(ctx, who, s.Holder)
	case story.HolderVetted:
		_, err = t.stores.Holders.Vet(ctx, who, t.organisations[s.Holder.Organisation].ID, holder.ID(s.Holder.Application), "2018-09-30")
	case story.BrandRegistered:
		err = t.register(ctx, who, s.Brand)
	case story.SheetPublished:
		err = t.publish(ctx, who, s.Sheet, s.Again)
	case story.SheetMarked:
		err = t.stores.Products.Mark(ctx, who, product.Name{ID: product.ID(s.Sheet.ID)}, product.Marking{ID: s.Mark.ID, Kind: s.Mark.Kind, Note: s.Mark.Note, Version: 1})
	case story.AlertIssued:
		err = t.alert(ctx, who, s.Alert)
	case story.AlertRead:
		err = t.stores.Alerts.Acknowledge(ctx, who, alert.Name{ID: alert.ID(s.Alert.ID)})
	case story.ContactSet:
		err = t.contact(ctx, who, s.Contact)
	default:
		return false, nil
	}
	return true, err
}

// shelves tells whether there is all that the library needs.
func (t *Teller) shelves() bool { return t.stores.Attachments != nil && t.stores.Products != nil }

func (t *Teller) upload(ctx context.Context, who access.Actor, id, name string, content []byte) (attachment.ID, error) {
	_, err := t.stores.Attachments.Receive(ctx, who, operation.Library, attachment.Draft{ID: attachment.ID(id), Name: name}, bytes.NewReader(content))
	return attachment.ID(id), err
}

func (t *Teller) apply(ctx context.Context, who access.Actor, h *story.Holder) error {
	o := t.world.Organisation(h.Organisation)
	file, err := t.upload(ctx, who, h.Extract, "register-extract.pdf", story.Extract(o))
	if err != nil {
		return err
	}
	_, err = t.stores.Holders.Apply(ctx, who, holder.Application{ID: holder.ID(h.Application), Register: "Trade register", Extract: "TR-" + h.Application[24:],
		Country: story.HomeOfPersonas, Files: []attachment.ID{file}})
	return err
}

func (t *Teller) register(ctx context.Context, who access.Actor, b *story.Brand) error {
	d := holder.BrandDraft{ID: holder.BrandID(b.ID), Name: b.Name, Also: b.Also, Categories: b.Categories}
	for _, r := range b.Rights {
		d.Rights = append(d.Rights, holder.Right{Kind: r.Kind, Number: r.Number, Classes: r.Classes, Countries: r.Countries, Since: r.Since, Until: r.Until})
	}
	_, err := t.stores.Holders.RegisterBrand(ctx, who, "", d)
	return err
}

// publish saves a sheet and publishes it; a second time with its later words.
func (t *Teller) publish(ctx context.Context, who access.Actor, s *story.Sheet, again bool) error {
	if s.Of == nil {
		return fmt.Errorf("%s has no brand %s", s.Holder, s.Brand)
	}
	n := product.Name{ID: product.ID(s.ID)}
	c, err := t.content(ctx, who, s, again)
	if err != nil {
		return err
	}
	saving := product.Saving{ID: n.ID, Brand: holder.BrandID(s.Of.ID), Content: c}
	if again {
		saving.Edit = 1
	}
	made, _, err := t.stores.Products.Save(ctx, who, saving)
	if err != nil {
		return err
	}
	note := ""
	if again {
		note = s.RevisedNote
	}
	if _, err = t.stores.Products.Publish(ctx, who, n, product.Publishing{Edit: made.Edit, Note: note,
		To: product.To{All: s.Countries == nil, Countries: s.Countries}}); err != nil || again {
		return err
	}
	return t.apart(ctx, who, s, n)
}

func (t *Teller) content(ctx context.Context, who access.Actor, s *story.Sheet, again bool) (product.Content, error) {
	c := product.Content{Language: "en", Name: product.Text(s.Name), Category: s.Category, HS: s.HS, Description: product.Text(s.Description),
		Packaging: product.Text(s.Packaging), Handling: product.Text(s.Handling), Danger: product.Text(s.Danger), Features: features(s.Features), Valid: s.Valid}
	for _, g := range s.GTINs {
		c.Codes = append(c.Codes, product.Code{Kind: product.GTIN, Value: g})
	}
	if s.Model != "" {
		c.Codes = append(c.Codes, product.Code{Kind: product.Model, Value: s.Model})
	}
	if s.Again.IsZero() || again {
		for _, r := range s.Routes {
			c.Routes = append(c.Routes, product.Route{From: r[0], Via: r[1], To: r[2], Conveyance: r[3]})
		}
	}
	for i, p := range s.Pairs {
		pair := product.Pair{Genuine: attachment.ID(s.Pictures[i][0]), Fake: attachment.ID(s.Pictures[i][1]), Caption: product.Text(p.Caption)}
		c.Pairs = append(c.Pairs, pair)
		if again {
			continue
		}
		if _, err := t.upload(ctx, who, s.Pictures[i][0], "genuine.jpg", t.picture(s, i, false)); err != nil {
			return c, err
		}
		if pair.Fake == "" {
			continue
		}
		if _, err := t.upload(ctx, who, s.Pictures[i][1], "fake.jpg", t.picture(s, i, true)); err != nil {
			return c, err
		}
	}
	return c, nil
}

func features(all []sheet.Feature) []product.Feature {
	var out []product.Feature
	for _, f := range all {
		made := product.Feature{Title: product.Text(f.Title), Genuine: product.Text(f.Genuine), Fake: product.Text(f.Fake)}
		for _, s := range f.Spots {
			made.Spots = append(made.Spots, product.Spot{Pair: s.Pair, Genuine: s.Genuine, Fake: s.Fake, Diameter: s.Diameter})
		}
		out = append(out, made)
	}
	return out
}

// apart writes what stands apart from a sheet.
func (t *Teller) apart(ctx context.Context, who access.Actor, s *story.Sheet, n product.Name) error {
	if len(s.Traders) > 0 {
		part := product.Parting{Kind: product.Traders, Language: "en", To: product.To{All: true}}
		for _, f := range s.Traders {
			part.Traders = append(part.Traders, product.Trader{Role: f[0], Name: f[1], Country: f[2], Authorised: f[3] == "yes"})
		}
		if _, err := t.stores.Products.SetPart(ctx, who, n, part); err != nil {
			return err
		}
	}
	if len(s.Covert) == 0 {
		return nil
	}
	part := product.Parting{Kind: product.Covert, Language: "en", Features: features(s.Covert)}
	if s.CovertPair != nil {
		id, err := t.upload(ctx, who, s.Covered, "covert.jpg", s.CovertPair.Draw(false))
		if err != nil {
			return err
		}
		part.Pairs = []product.Pair{{Genuine: id, Caption: product.Text(s.CovertPair.Caption)}}
	}
	_, err := t.stores.Products.SetPart(ctx, who, n, part)
	return err
}

func (t *Teller) alert(ctx context.Context, who access.Actor, a *story.Alert) error {
	d := alert.Draft{ID: alert.ID(a.ID), Kind: a.Kind, Level: a.Level, Title: a.Title, Look: a.Look, Do: a.Do, Language: a.Language, Until: a.Until,
		All: a.Countries == nil, Countries: a.Countries}
	if a.Of != nil {
		d.Brand = holder.BrandID(a.Of.ID)
	}
	_, _, err := t.stores.Alerts.Issue(ctx, who, d)
	return err
}

func (t *Teller) contact(ctx context.Context, who access.Actor, c *story.Contact) error {
	d := contact.Draft{ID: contact.ID(c.ID), Countries: c.Countries, Languages: c.Languages, Desk: c.Desk, Email: c.Email, Phone: c.Phone}
	if c.Of != nil {
		d.Brand = holder.BrandID(c.Of.ID)
	}
	_, err := t.stores.Contacts.Set(ctx, who, organisation.ID(""), 0, d)
	return err
}
