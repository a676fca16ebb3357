package tell

import (
	"bytes"
	"context"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/edition"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/situation"
	"github.com/tidewaiter/tidewaiter/internal/story"
	"github.com/tidewaiter/tidewaiter/internal/story/chapter"
)

// tellReport tells the end of the operation; told is false for other steps.
func (t *Teller) tellReport(ctx context.Context, who access.Actor, step story.Step) (told bool, err error) {
	const code = operation.Code(story.CodeActionIPR2)
	if t.stores.Publications == nil { // whoever tells only the cases
		switch step.(type) {
		case story.SituationIssued, story.QuestionKept, story.ReferencesLoaded, story.ReportOpened, story.ContributionsAsked, story.ChapterWritten,
			story.ContributionMade, story.ReportFrozen, story.VersionCleared, story.EditionIssued, story.PressWritten:
			return true, nil
		}
		return false, nil
	}
	switch s := step.(type) {
	case story.SituationIssued:
		_, err = t.stores.Situations.Issue(ctx, who, code, situation.Draft{Day: s.Day})
	case story.QuestionKept:
		q := analysis.Question{Group: s.Group, Split: s.Split}
		if s.Group == analysis.ByOrigin {
			q.Where = map[string]string{"conveyance": "mail"}
		}
		_, err = t.stores.Analyses.Keep(ctx, who, code, s.Name, q, true)
	case story.ReferencesLoaded:
		_, err = t.stores.Analyses.Load(ctx, who, code, bytes.NewReader(chapter.Operations))
	case story.ReportOpened:
		_, err = t.stores.Publications.Open(ctx, who, code, "en")
	case story.ContributionsAsked:
		_, err = t.stores.Publications.Ask(ctx, who, code, s.Due)
	case story.ChapterWritten:
		err = t.write(ctx, who, code, s.Chapter)
	case story.ContributionMade:
		_, err = t.stores.Publications.Contribute(ctx, who, code, t.contribution(s.Contribution), 0)
	case story.ReportFrozen:
		_, err = t.stores.Publications.Freeze(ctx, who, code, publication.Freezing{Note: s.Note, ClearBy: s.ClearBy})
	case story.VersionCleared:
		c := s.Clearance
		_, err = t.stores.Publications.Clear(ctx, who, code, c.Version, publication.ClearanceDraft{State: c.State, Until: c.Until, Words: c.Words, Language: c.Language})
	case story.EditionIssued:
		w := edition.Wanted{Number: s.Version, Kind: s.Kind, Holder: t.organisations[s.Holder].Number}
		_, err = t.stores.Editions.Issue(ctx, who, code, w, []string{"en", "fr", "ar"})
	case story.PressWritten:
		var v edition.PressView
		if v, err = t.stores.Editions.Press(ctx, who, code, s.Language); err == nil {
			_, err = t.stores.Editions.WritePress(ctx, who, code, s.Language, v.Generated, 0)
		}
	default:
		return false, nil
	}
	return true, err
}

// write gives a section of the outline its texts; its figures stay.
func (t *Teller) write(ctx context.Context, who access.Actor, code operation.Code, c chapter.Chapter) error {
	d, err := t.stores.Publications.Read(ctx, who, code)
	if err != nil {
		return err
	}
	for _, s := range d.Sections {
		if s.ID == c.Section {
			_, err = t.stores.Publications.Write(ctx, who, code, publication.SectionDraft{ID: s.ID, Kind: s.Kind, Title: s.Title,
				Texts: c.Texts, Figures: s.Figures, Editions: s.Editions}, s.Edit)
		}
	}
	return err
}

func (t *Teller) contribution(c *story.Contribution) publication.ContributionDraft {
	d := publication.ContributionDraft{Language: c.Language, Challenges: c.Challenges, Lessons: c.Lessons, Interest: c.Interest, Done: true}
	for _, named := range c.Named {
		d.Cases = append(d.Cases, t.cases[named.ID].Reference)
	}
	return d
}
