package kit

// Strip stands below the operation bar of every page of a practice, on paper too: that
// nothing there is real, and what the reader is at.
type Strip struct {
	Mark     string // "Practice"
	Task     string // "2. Answer the warning"; empty: none was begun
	Lang     string // of Task and Text where they are somebody's own words
	Text     string // the scenario, folded
	Progress string // "1 of 6 done"
	Said     string // what the feedback comes to
	Tone     Tone
	Href     string // of the task with its feedback; empty: it belongs to no workshop
	Link     string // words of that link
	More     string // words that open the scenario
}
