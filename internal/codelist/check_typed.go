package codelist

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The kinds of code on goods and places that are checked beside those of
// Consignment: names in Checked.Kind and Check.
const (
	KindGTIN   = "gtin"
	KindHS     = "hs"
	KindLocode = "locode"
)

// Canonical is what somebody typed as codes are compared: compatibility forms
// made one, digits of any script 0 to 9, capital letters; signs and blanks left out.
func Canonical(typed string) string {
	s := strings.ToUpper(norm.NFKC.String(strings.ToValidUTF8(typed, "")))
	return norm.NFKC.String(strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Nd, r):
			return western(r)
		case unicode.IsLetter(r):
			return r
		}
		return -1
	}, norm.NFKC.String(s)))
}

// western is a digit of any script as one of 0 to 9. Decimal digits stand in
// Unicode in runs of ten.
func western(r rune) rune {
	n := rune(0)
	for n < 9 && unicode.Is(unicode.Nd, r-n-1) {
		n++
	}
	return '0' + n
}

// Check checks what somebody typed as a code of that kind: container,
// air-waybill, postal-item or vessel (of Consignment), or gtin, hs or locode.
// False: codes of that kind have nothing to check. It never refuses.
func Check(kind, typed string) (Checked, bool) {
	switch kind {
	case "container":
		return CheckContainer(typed), true
	case "air-waybill":
		return CheckAirWaybill(typed), true
	case "postal-item":
		return CheckPostalItem(typed), true
	case "vessel":
		return CheckIMO(typed), true
	case KindGTIN:
		return CheckGTIN(typed), true
	case KindHS:
		return CheckHS(typed), true
	case KindLocode:
		return CheckLocode(typed), true
	}
	return Checked{}, false
}

// CheckContainer is Container of what somebody typed, with blanks, signs and
// small letters. A number that fits with the remainder 10 carries a Note.
func CheckContainer(typed string) Checked { return Container(Canonical(typed)) }

// CheckAirWaybill is AirWaybill of what somebody typed.
func CheckAirWaybill(typed string) Checked { return AirWaybill(Canonical(typed)) }

// CheckPostalItem is PostalItem of what somebody typed.
func CheckPostalItem(typed string) Checked { return PostalItem(Canonical(typed)) }

// CheckIMO is Ship of what somebody typed, with the letters IMO or without.
func CheckIMO(typed string) Checked { return Ship(strings.TrimPrefix(Canonical(typed), "IMO")) }

// CheckGTIN checks the number below a bar code by GS1: GTIN-8, -12, -13 or -14.
// Digits weigh 3 and 1 by turns from the one before the check digit on, which
// fills the sum up to a multiple of ten. Every wrong digit is found; two
// neighbours that differ by 5 may change places unseen.
func CheckGTIN(typed string) Checked {
	s := Canonical(typed)
	if n := len(s); n != 8 && n != 12 && n != 13 && n != 14 || !form(s, strings.Repeat("9", len(s))) {
		return malformed(KindGTIN, s)
	}
	sum, last := 0, len(s)-1
	for i := range last {
		weight := 1
		if (last-i)%2 == 1 {
			weight = 3
		}
		sum += int(s[i]-'0') * weight
	}
	return checked(KindGTIN, s, s[last:], digit((10-sum%10)%10))
}

// CheckHS checks the form of a code of the Harmonized System: a chapter, heading
// or subheading of two, four or six digits, in a chapter that exists (77 is kept
// free, 98 and 99 are for national use). Whether an edition has the code is asked
// of a loaded list (package pack). HS codes have no check digit.
func CheckHS(typed string) Checked {
	s := Canonical(typed)
	if n := len(s); n != 2 && n != 4 && n != 6 || !form(s, strings.Repeat("9", len(s))) {
		return malformed(KindHS, s)
	}
	if !Chapter(s[:2]) {
		return Checked{Kind: KindHS, Canonical: s, Reason: "check-digit.hs-chapter"}
	}
	return Checked{Kind: KindHS, Canonical: s, OK: true}
}

// Chapter tells whether the Harmonized System has the chapter.
func Chapter(code string) bool {
	return form(code, "99") && code >= "01" && code <= "97" && code != "77"
}

// CheckLocode checks the form of a UN/LOCODE: the code of a country and three
// letters or digits 2 to 9. It has no check digit; whether the place exists is
// asked of a loaded list (package pack).
func CheckLocode(typed string) Checked {
	s := Canonical(typed)
	if len(s) != 5 || !Country.Has(s[:2]) {
		return malformed(KindLocode, s)
	}
	for i := 2; i < 5; i++ {
		if c := s[i]; (c < 'A' || c > 'Z') && (c < '2' || c > '9') {
			return malformed(KindLocode, s)
		}
	}
	return Checked{Kind: KindLocode, Canonical: s, OK: true}
}
