package i18n

import (
	"strconv"
	"strings"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
)

// pluralRule knows which CLDR plural form a number takes in a language.
//
// go-i18n holds current CLDR rules but would execute texts as templates; so it
// is asked only for the rule, through one message whose forms are their names.
// Asking takes a microsecond, which a page of figures feels, so the answers for
// whole numbers are kept: in the ten languages the design names (a test tries)
// a number from 200 takes the form of 100 plus its last two digits, unless its
// last six are zero.
type pluralRule struct {
	localizer *goi18n.Localizer
	small     [200]string
}

const pluralKey = "form"

func newPluralRule(lang Lang) *pluralRule {
	tag := lang.tag()
	bundle := goi18n.NewBundle(tag)
	bundle.MustAddMessages(tag, &goi18n.Message{
		ID: pluralKey, Zero: "zero", One: "one", Two: "two", Few: "few", Many: "many", Other: "other",
	})
	r := &pluralRule{localizer: goi18n.NewLocalizer(bundle, tag.String())}
	for n := range r.small {
		r.small[n] = r.ask(strconv.Itoa(n))
	}
	return r
}

// form names the plural form of a number in canonical digits, such as "3" or
// "0.5"; what is no number takes "other".
func (r *pluralRule) form(digits string) string {
	n := len(digits)
	switch {
	case !digitsOnly(digits) || n > 15 || strings.HasSuffix(digits, "000000"):
		return r.ask(digits)
	case n == 1:
		return r.small[digits[0]-'0']
	}
	tail := int(digits[n-2]-'0')*10 + int(digits[n-1]-'0')
	if n > 2 {
		tail += 100
	}
	return r.small[tail]
}

func (r *pluralRule) ask(digits string) string {
	s, err := r.localizer.Localize(&goi18n.LocalizeConfig{
		MessageID: pluralKey, PluralCount: digits, TemplateParser: template.IdentityParser{},
	})
	if err != nil {
		return "other"
	}
	return s
}
