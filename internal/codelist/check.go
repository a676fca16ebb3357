package codelist

// Checked is what a number's own check digit says of it. A failed check is a
// warning and never a reason to refuse: papers do carry false numbers, and what
// stands on them is what is kept.
type Checked struct {
	Kind      string // a code of Consignment, or gtin, hs, locode
	Canonical string // upper case, no spaces or signs
	OK        bool
	Reason    string // key of the text that says why not, below check-digit; empty when OK
	Want      string // the check digit that would fit, when only that is wrong
	Note      string // key of a remark on a number that fits; mostly empty
}

func checked(kind, canonical, have, want string) Checked {
	c := Checked{Kind: kind, Canonical: canonical, OK: have == want}
	if !c.OK {
		c.Reason, c.Want = "check-digit.wrong", want
	}
	return c
}

func malformed(kind, canonical string) Checked {
	return Checked{Kind: kind, Canonical: canonical, Reason: "check-digit.form-" + kind}
}

// form tells whether s is made as the pattern says: A a capital letter, 9 a digit.
func form(s, pattern string) bool {
	if len(s) != len(pattern) {
		return false
	}
	for i := range len(s) {
		from, to := byte('A'), byte('Z')
		if pattern[i] == '9' {
			from, to = '0', '9'
		}
		if s[i] < from || s[i] > to {
			return false
		}
	}
	return true
}

// Container checks a freight container's number by ISO 6346: three letters of
// the owner, the category (U container, J equipment of one, Z trailer or
// chassis), six digits and the check digit. Letters count from 10 on, leaving
// out multiples of 11; each place weighs twice the one before; the sum modulo 11
// is the digit, 10 written as 0. So a number whose remainder is 10 and one whose
// remainder is 0 look alike: owners avoid the first.
func Container(s string) Checked {
	if !form(s, "AAAA9999999") || s[3] != 'U' && s[3] != 'J' && s[3] != 'Z' {
		return malformed("container", s)
	}
	rest := containerRest(s[:10])
	c := checked("container", s, s[10:], digit(rest%10))
	if c.OK && rest == 10 {
		c.Note = "check-digit.ten"
	}
	return c
}

func containerRest(s string) int {
	sum := 0
	for i := range len(s) {
		n := int(s[i] - '0')
		if s[i] >= 'A' {
			n = int(s[i]-'A') + 10
			n += (n - 1) / 10 // 11, 22 and 33 are no letter's number
		}
		sum += n << i
	}
	return sum % 11
}

// AirWaybill checks the number of an air waybill by IATA: three digits of the
// airline, seven of the paper and their remainder by 7. Two digits that differ
// by 7 are alike to it.
func AirWaybill(s string) Checked {
	if !form(s, "99999999999") {
		return malformed("air-waybill", s)
	}
	n := 0
	for i := 3; i < 10; i++ {
		n = n*10 + int(s[i]-'0')
	}
	return checked("air-waybill", s, s[10:], digit(n%7))
}

// postWeights are those of UPU S10.
var postWeights = [8]int{8, 6, 4, 2, 3, 5, 9, 7}

// PostalItem checks a postal item's number by UPU S10: two letters of the
// service, eight digits, the check digit and the country of the post. The digit
// is 11 less the weighted sum modulo 11, 10 written as 0 and 11 as 5.
func PostalItem(s string) Checked {
	if !form(s, "AA999999999AA") || !Country.Has(s[11:]) {
		return malformed("postal-item", s)
	}
	d := 11 - postRest(s[2:10])
	switch d {
	case 10:
		d = 0
	case 11:
		d = 5
	}
	return checked("postal-item", s, s[10:11], digit(d))
}

func postRest(digits string) int {
	sum := 0
	for i, w := range postWeights {
		sum += int(digits[i]-'0') * w
	}
	return sum % 11
}

// Ship checks a ship's IMO number: six digits weighing 7 down to 2, and the last
// digit of their sum. It misses some single digits: in the places that weigh 6, 4
// and 2 those that differ by 5, in the place that weighs 5 those that differ by
// an even number.
func Ship(s string) Checked {
	if !form(s, "9999999") {
		return malformed("vessel", s)
	}
	sum := 0
	for i := range 6 {
		sum += int(s[i]-'0') * (7 - i)
	}
	return checked("vessel", s, s[6:], digit(sum%10))
}

func digit(n int) string { return string(rune('0' + n)) }
