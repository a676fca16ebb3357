package story

import (
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/story/chapter"
)

// Contribution is what an administration hands in for the final report.
type Contribution struct {
	chapter.Voice
	Author string // login
	At     time.Time
	Named  []*Case // of its own
}

// Clearance is what an administration says of a version of the report.
type Clearance struct {
	chapter.Word
	Author string // login
	At     time.Time
}

// The steps in which the operation ends: situation reports, the final report in two
// versions, its editions and the press release. All are of Action IPR A/P 2.
type (
	SituationIssued    struct{ Day string }
	QuestionKept       struct{ Name, Group, Split string }
	ReferencesLoaded   struct{}
	ReportOpened       struct{}
	ContributionsAsked struct{ Due string }
	ChapterWritten     struct{ Chapter chapter.Chapter }
	ContributionMade   struct{ Contribution *Contribution }
	ReportFrozen       struct{ Note, ClearBy string }
	VersionCleared     struct{ Clearance *Clearance }
	EditionIssued      struct {
		Version      int64
		Kind, Holder string // of which right holder: its code
	}
	PressWritten struct {
		Version  int64
		Language string
	}
)

func (SituationIssued) rank() int    { return 50 }
func (QuestionKept) rank() int       { return 51 }
func (ReferencesLoaded) rank() int   { return 52 }
func (ReportOpened) rank() int       { return 53 }
func (ContributionsAsked) rank() int { return 54 }
func (ChapterWritten) rank() int     { return 55 }
func (ContributionMade) rank() int   { return 56 }
func (ReportFrozen) rank() int       { return 57 }
func (VersionCleared) rank() int     { return 58 }
func (EditionIssued) rank() int      { return 59 }
func (PressWritten) rank() int       { return 60 }

// lateCorrection is when one case is corrected after the first version was frozen.
const lateCorrection = "2017-03-21T06:30"

// conclude has administrations contribute to the report and clear it. One correction
// comes late: its administration dissents from the first version.
func (b *builder) conclude() {
	for _, v := range chapter.Voices {
		c := &Contribution{Voice: v, Author: b.first[v.Organisation], At: minute(v.HandedIn)}
		for _, own := range b.world.Cases {
			if len(c.Named) < v.Cases && own.Operation == CodeActionIPR2 && own.Organisation == v.Organisation && own.NotCounted == "" && !own.ReleasedAt.IsZero() {
				c.Named = append(c.Named, own)
			}
		}
		b.world.Contributions = append(b.world.Contributions, c)
	}
	late := b.correctLate()
	for _, w := range chapter.Words {
		if w.Organisation == dissenter {
			w.Organisation = late
		}
		b.world.Clearances = append(b.world.Clearances, &Clearance{Word: w, Author: b.first[w.Organisation], At: minute(w.At)})
	}
}

// dissenter stands in the data for whoever corrects a case late.
const dissenter = "XM"

// correctLate moves the correction of one case behind the first version, and tells
// whose case it is.
func (b *builder) correctLate() string {
	spoken := func(code string) bool {
		return slices.ContainsFunc(chapter.Words, func(w chapter.Word) bool { return w.Organisation == code && code != dissenter })
	}
	var chosen, other *Case
	for _, c := range b.world.Cases {
		if len(c.Amendments) != 1 || c.Operation != CodeActionIPR2 || spoken(c.Organisation) {
			continue
		}
		plain := len(c.Changes) == 0 && c.First[0].Quantity != c.Lines[0].Quantity
		if plain && (chosen == nil || chosen.Organisation != dissenter && c.Organisation == dissenter) {
			chosen = c
		}
		other = c
	}
	if chosen == nil { // some seeds have none that is so plain
		chosen = other
	}
	if chosen == nil {
		chosen = b.estimated()
	}
	chosen.Amendments[0].At = minute(lateCorrection)
	return chosen.Organisation
}

// estimated makes one case of the dissenter into one that began with an estimate.
func (b *builder) estimated() *Case {
	for _, c := range b.world.Cases {
		if c.Operation == CodeActionIPR2 && c.Organisation == dissenter && c.NotCounted == "" && len(c.Amendments)+len(c.Changes) == 0 && !c.ReleasedAt.IsZero() {
			c.First = slices.Clone(c.Lines)
			c.First[0].Quantity.Micro = roughly(b.rng, c.Lines[0].Quantity.Micro)
			c.First[0].Measured = "estimated"
			c.Amendments = []Amendment{{minute(lateCorrection), c.Reporter, c.Lines, amendReasons[0].in(c.Language)}}
			return c
		}
	}
	panic("story: " + dissenter + " has no case that could be corrected")
}

// tellReport tells the end of the operation.
func (w *World) tellReport(tell func(time.Time, string, string, Step)) {
	const director, coordinator = "director", "coordinator"
	lead := func(at string, s Step) { tell(minute(at), director, "WCO", s) }
	unit := func(at string, s Step) { tell(minute(at), coordinator, "RILO-AP", s) }
	unit("2017-02-02T03:00", ReferencesLoaded{})
	for _, day := range []string{"2017-02-10", "2017-02-17", LastDay} {
		unit(day+"T15:30", SituationIssued{day})
	}
	unit("2017-02-27T02:10", QuestionKept{"Mail by origin", "origin", ""})
	unit("2017-02-27T02:20", QuestionKept{"Categories by conveyance", "category", "conveyance"})
	lead("2017-03-06T09:10", ReportOpened{})
	lead("2017-03-06T09:20", ContributionsAsked{"2017-03-17"})
	for i, c := range chapter.Chapters {
		tell(minute("2017-03-07T02:00").Add(time.Duration(i)*11*time.Minute), coordinator, "RILO-AP", ChapterWritten{c})
	}
	for _, c := range w.Contributions {
		tell(c.At, c.Author, c.Organisation, ContributionMade{c})
	}
	lead("2017-03-20T10:00", ReportFrozen{"", "2017-03-22"})
	for i, c := range chapter.Added {
		tell(minute("2017-03-23T09:10").Add(time.Duration(i)*9*time.Minute), coordinator, "RILO-AP", ChapterWritten{c})
	}
	lead("2017-03-23T09:50", ReportFrozen{"One case corrected after the first version; challenges and lessons from the workshop added.", "2017-03-23"})
	for _, c := range w.Clearances {
		tell(c.At, c.Author, c.Organisation, VersionCleared{c})
	}
	lead("2017-03-23T12:10", EditionIssued{2, "enforcement", ""})
	lead("2017-03-23T12:20", EditionIssued{2, "holder", "ORVANELLE"})
	lead("2017-03-23T12:25", EditionIssued{2, "holder", "QUENBROOK"})
	lead("2017-03-23T12:30", EditionIssued{2, "public", ""})
	for i, lang := range []string{"en", "fr", "ar"} {
		tell(minute("2017-03-23T12:40").Add(time.Duration(i)*5*time.Minute), director, "WCO", PressWritten{2, lang})
	}
}
