// Package paper is the library of the story: its documents as plain data, and the
// files that they are. A file is a PDF of one page, made the same every time, so
// that a demonstration needs no files beside the binary.
package paper

import (
	"bytes"
	"fmt"
	"strings"
)

// Version is one version of a document.
type Version struct {
	At     string // 2006-01-02T15:04 UTC
	Author string // login
	Note   string
	Lines  []string // of the file; Latin letters
}

// Document is a document with its versions.
type Document struct {
	Kind, Language, TLP, Title, File string
	Sides, Organisations             []string
	Versions                         []Version
	Withdrawn, Reason                string // when, by the author of the first version; empty: it is in use
}

// Shelf are the documents of Action IPR A/P 2, the first that was published first.
var Shelf = []Document{
	{Kind: "operational-plan", Language: "en", TLP: "AMBER", Title: "Operational plan of Action IPR A/P 2", File: "operational-plan.pdf", Sides: []string{"enforcement", "observer"},
		Versions: []Version{
			{"2016-11-14T08:00", "director", "Phases, scope, counting rule, who reports what and when.", []string{
				"1. Operational phase: 6 to 24 February 2017, in mail, express and freight.",
				"2. Scope: goods that endanger health and safety, and other goods that infringe.",
				"3. The day of a case is the local date of the event.",
				"4. Pieces and kilograms are never added together.",
				"5. Report within 24 hours; a day without a case is reported as well."}},
			{"2017-01-23T09:30", "director", "Mail centres that work on Saturdays; answers to warnings are due within 48 hours.", []string{
				"1. Operational phase: 6 to 24 February 2017, in mail, express and freight.",
				"2. Scope: goods that endanger health and safety, and other goods that infringe.",
				"3. The day of a case is the local date of the event.",
				"4. Pieces and kilograms are never added together.",
				"5. Report within 24 hours; a day without a case is reported as well.",
				"6. New: answers to warnings are due within 48 hours.",
				"7. New: mail centres of nine administrations work on Saturdays."}},
		}},
	{Kind: "rules-of-procedure", Language: "en", TLP: "AMBER", Title: "Rules of procedure and handling of information", File: "rules-of-procedure.pdf", Sides: []string{"enforcement"},
		Versions: []Version{{"2016-11-14T08:20", "director", "Who may see what, and what may be passed on outside customs.", []string{
			"1. What is exchanged here stays with the members it is addressed to.",
			"2. Nothing is passed on outside customs without its originator's consent.",
			"3. Names of persons are written only where a case cannot be understood without."}}}},
	{Kind: "training", Language: "fr", TLP: "GREEN", Title: "Formation des agents : reconnaître un envoi suspect", File: "formation-des-agents.pdf", Sides: []string{"enforcement"},
		Versions: []Version{{"2017-01-16T22:10", "xf.ncp", "Support d\u2019une demi-journ\u00e9e, \u00e0 adapter librement.", []string{
			"1. Lire la declaration avant d'ouvrir.", "2. Comparer le poids et le volume.", "3. Regarder l'etiquette, pas le nom."}}}},
	{Kind: "risk-profile", Language: "en", TLP: "AMBER", Title: "Risk profile: small parcels from changing senders", File: "risk-profile.pdf", Sides: []string{"enforcement"},
		Versions: []Version{{"2017-01-30T05:40", "coordinator", "Drawn from the first Action IPR A/P.", []string{
			"Series of parcels below one kilogram, same layout of the label, changing senders."}}},
		Withdrawn: "2017-02-15T10:40", Reason: "The layout of the labels has changed. Use the observations in the thread of 15 February instead."},
	{Kind: "product-information", Language: "en", TLP: "AMBER+STRICT", Title: "BROVENTYL tablets: what to look at", File: "broventyl.pdf", Organisations: []string{"XA", "XB", "XQ", "QUENBROOK"},
		Versions: []Version{{"2017-02-02T04:15", "coordinator", "Five checks on the blister that need no tool. Only for members whose ports are named in the plan.", []string{
			"1. Edge embossing", "2. Foil pattern", "3. Format of the batch number", "4. Bevel of the tablet", "5. Fold of the leaflet"}}}},
	{Kind: "lessons-learnt", Language: "en", TLP: "GREEN", Title: "Lessons learnt from Action IPR A/P 2", File: "lessons-learnt.pdf", Sides: []string{"enforcement", "observer", "right-holder"},
		Versions: []Version{{"2017-03-23T10:30", "director", "What the follow-up workshop agreed on, with an owner and a date for each point.", []string{
			"1. Answer every warning in time, also when nothing was found.",
			"2. Send cartons and labels found ahead of goods to all members the same day.",
			"3. Right holders staff a line at night during the operational phase."}}}},
}

// PDF is a file of one page with a title and lines.
func PDF(title string, lines []string) []byte {
	var page strings.Builder
	page.WriteString("BT /F1 18 Tf 64 760 Td (" + escaped(title) + ") Tj /F1 11 Tf 0 -36 Td 16 TL\n")
	for _, l := range lines {
		page.WriteString("(" + escaped(l) + ") Tj T*\n")
	}
	page.WriteString("ET")
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", page.Len(), page.String()),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
	}
	var out bytes.Buffer
	out.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	table := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&out, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, table)
	return out.Bytes()
}

// escaped is a text within a string of a PDF, in its WinAnsi letters: those that
// Latin 1 has not are shown as a question mark.
func escaped(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '(' || r == ')' || r == '\\':
			b.WriteString("\\" + string(r))
		case r < 0x80:
			b.WriteRune(r)
		case r <= 0xff:
			fmt.Fprintf(&b, "\\%03o", r)
		default:
			b.WriteByte('?')
		}
	}
	return b.String()
}
