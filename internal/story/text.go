package story

// Text is one thing said in several languages, by BCP 47 tag.
type Text map[string]string

// In gives the text in a language, else in English.
func (t Text) In(language string) string {
	if s, ok := t[language]; ok {
		return s
	}
	return t["en"]
}

// Languages are the languages the people of the story write in, in the order
// in which the tables of this package give their words.
var Languages = [...]string{"en", "fr", "ar", "es", "zh", "ja", "th", "pt", "ko", "ru"}

// words is one phrase in every language of Languages.
type words [len(Languages)]string

func (w words) in(language string) string {
	for i, l := range Languages {
		if l == language && w[i] != "" {
			return w[i]
		}
	}
	return w[0]
}
