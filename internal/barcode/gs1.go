package barcode

import (
	"net/url"
	"strings"
	"time"
)

// separator is what a reader gives for FNC1 between element strings.
const separator = "\u001d"

// lengths are those of element strings that need no separator, by the first two
// digits of their AI, which count (GS1 General Specifications, figure 7.8.5-2).
var lengths = map[string]int{
	"00": 20, "01": 16, "02": 16, "03": 16, "04": 18, "11": 8, "12": 8, "13": 8, "14": 8, "15": 8, "16": 8, "17": 8, "18": 8, "19": 8,
	"20": 4, "31": 10, "32": 10, "33": 10, "34": 10, "35": 10, "36": 10, "41": 16,
}

// maxElement is the longest value of a batch or a serial number.
const maxElement = 20

// meaning says what a text means in a format. gs1: element strings, because FNC1
// stood first.
func meaning(format Format, text string, gs1 bool) Code {
	c := Code{Format: format, Text: text}
	switch format {
	case EAN13, EAN8, UPCA, ITF14:
		c.GTIN = gtinOf(text)
		if c.GTIN != "" && format == EAN13 && text[0] == '0' {
			c.Format, c.Text = UPCA, text[1:]
		}
		return c
	case UPCE:
		c.GTIN = gtinOf(wideUPC(text))
		return c
	}
	text = strings.TrimPrefix(text, separator)
	switch {
	case gs1:
		c.Text = text
		c.elements(text)
	case strings.HasPrefix(text, "("):
		c.bracketed(text)
	case strings.Contains(text, "/"):
		c.link(text)
	}
	return c
}

// set takes the value of an AI that is of use; the first one counts.
func (c *Code) set(ai, value string) {
	switch {
	case ai == "01" && c.GTIN == "":
		c.GTIN = gtinOf(value)
	case ai == "10" && c.Batch == "" && element(value):
		c.Batch = value
	case ai == "21" && c.Serial == "" && element(value):
		c.Serial = value
	case ai == "17" && c.Expiry == "":
		c.Expiry = expiry(value)
	}
}

// element tells whether a value is made of printable ASCII, as those of AI (10)
// and (21) are.
func element(value string) bool {
	for i := range len(value) {
		if value[i] <= ' ' || value[i] > '~' {
			return false
		}
	}
	return value != "" && len(value) <= maxElement
}

// elements reads element strings: those of a known length follow each other, the
// others end at a separator.
func (c *Code) elements(text string) {
	for len(text) > 2 {
		var one string
		if n := lengths[text[:2]]; n > 0 {
			if len(text) < n {
				return
			}
			one, text = text[:n], text[n:]
			text = strings.TrimPrefix(text, separator)
		} else {
			one, text, _ = strings.Cut(text, separator)
		}
		if len(one) > 2 {
			c.set(one[:2], one[2:])
		}
	}
}

// bracketed reads element strings as people write them: (01)0950...(10)ABC.
func (c *Code) bracketed(text string) {
	for text != "" {
		var ai, value string
		ai, text, _ = strings.Cut(strings.TrimPrefix(text, "("), ")")
		if value = text; !digits(ai) || len(ai) > 4 {
			return
		}
		// A value may itself hold brackets: the next AI is what looks like one.
		text = ""
		for i := range len(value) {
			if value[i] == '(' && opensAI(value[i:]) {
				value, text = value[:i], value[i:]
				break
			}
		}
		c.set(ai, strings.TrimSpace(strings.Trim(value, separator)))
	}
}

func opensAI(s string) bool {
	ai, _, closed := strings.Cut(s[1:], ")")
	return closed && len(ai) >= 2 && len(ai) <= 4 && digits(ai)
}

// link reads a GS1 Digital Link address (GS1 Digital Link Standard: URI Syntax,
// 1.4): the path holds the key 01, or as earlier editions have it gtin, then
// qualifiers; other AIs stand in the query.
func (c *Code) link(text string) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return
	}
	names := map[string]string{"01": "01", "gtin": "01", "10": "10", "lot": "10", "21": "21", "ser": "21", "17": "17", "exp": "17"}
	parts := strings.Split(strings.Trim(u.EscapedPath(), "/"), "/")
	for i := 0; i+1 < len(parts); {
		value, err := url.PathUnescape(parts[i+1])
		ai := names[parts[i]]
		if err != nil || ai == "" || c.GTIN == "" && (ai != "01" || gtinOf(value) == "") {
			i++ // a part of the address before the key
			continue
		}
		c.set(ai, value)
		i += 2
	}
	if c.GTIN == "" {
		return
	}
	for name, values := range u.Query() {
		if ai := names[name]; ai != "" && ai != "01" && len(values) == 1 {
			c.set(ai, values[0])
		}
	}
}

// expiry writes a date of AI (17), YYMMDD, with its century. Years are of this
// century until a product whose number has one expires in 2077; the day 00 is
// left out (the last one of the month is meant).
func expiry(value string) string {
	if len(value) != 6 || !digits(value) {
		return ""
	}
	year, month, day := "20"+value[:2], value[2:4], value[4:]
	form, written := "2006-01-02", year+"-"+month+"-"+day
	if day == "00" {
		form, written = "2006-01", year+"-"+month
	}
	if _, err := time.Parse(form, written); err != nil {
		return ""
	}
	return written
}
