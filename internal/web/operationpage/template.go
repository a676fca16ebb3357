package operationpage

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/template"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// templateForm is the limit of a template's form: the definition, escaped, and what was typed.
const templateForm = 1 << 20

func (s site) templateRoutes() []frame.Route {
	const at = "/o/{op}/settings/templates/"
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: at + "{$}", Command: access.TemplateAmend}, Handle: s.templateList},
		{Route: door.Route{Method: "GET", Pattern: at + "new", Command: access.TemplateAmend}, Handle: s.templateNew},
		{Route: door.Route{Method: "GET", Pattern: at + "{name}", Command: access.TemplateAmend}, Handle: s.templateShow},
		{Route: door.Route{Method: "POST", Pattern: at + "{name}", Command: access.TemplateAmend, Limit: templateForm}, Handle: s.templateAmend},
	}
}

// templates gives all templates to whoever may amend them.
func (s site) templates(r *http.Request, v *frame.Visit) (operation.Standing, []template.Definition, error) {
	st, all, err := s.Templates.List(r.Context(), v.Actor(), frame.CodeOf(r))
	if err == nil && !st.May(access.TemplateAmend) {
		err = fault.Missing()
	}
	return st, all, err
}

func (s site) templateList(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	st, all, err := s.templates(r, v)
	if err != nil {
		return err
	}
	p := s.Inside(r, v, st, v.Printer.T("templatepage.title"))
	return frame.Show(w, r, http.StatusOK, templateListPage(p, all))
}

// shaping is a template that its director shapes.
type shaping struct {
	fresh bool // a new template, which has no address yet
	d     template.Definition
	form  kit.Form
}

func (sh shaping) action(p *kit.Page) string {
	if sh.fresh {
		return p.Operation.Href + "settings/templates/new"
	}
	return p.Operation.Href + "settings/templates/" + sh.d.Name
}

func (s site) templateNew(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	st, _, err := s.templates(r, v)
	if err != nil {
		return err
	}
	d, ok := template.BuiltIn(r.URL.Query().Get("base"))
	if !ok {
		d, _ = template.BuiltIn(template.General)
	}
	d.Name = ""
	p := s.Inside(r, v, st, v.Printer.T("templatepage.new"))
	return frame.Show(w, r, http.StatusOK, templatePage(p, shaping{fresh: true, d: d, form: typed(d)}))
}

func (s site) templateShow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	st, all, err := s.templates(r, v)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(d template.Definition) bool { return d.Name == r.PathValue("name") })
	if i < 0 {
		return fault.Missing()
	}
	p := s.Inside(r, v, st, v.Printer.T("templatepage.title"))
	return frame.Show(w, r, http.StatusOK, templatePage(p, shaping{d: all[i], form: typed(all[i])}))
}

// shaped reads a template as the form carries it.
func shaped(r *http.Request) (shaping, error) {
	sh := shaping{fresh: r.PathValue("name") == "new", form: kit.FormOf(r.PostForm, nil)}
	var err error
	if sh.d, err = template.Parse(r.PostForm.Get("definition")); err != nil {
		return sh, fault.Of(fault.Invalid, "fault.malformed").Because(err)
	}
	if !sh.fresh && sh.d.Name != r.PathValue("name") {
		return sh, fault.Missing()
	}
	readTyped(r.PostForm, &sh.d)
	if sh.fresh {
		sh.d.Name = nameOf(r.PostForm.Get("name"), sh.d.Title)
	}
	return sh, nil
}

// templateAmend does what a button says: changes what the form carries, or stores it.
func (s site) templateAmend(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	st, _, err := s.templates(r, v)
	if err != nil {
		return err
	}
	sh, err := shaped(r)
	if err != nil {
		return err
	}
	p := s.Inside(r, v, st, v.Printer.T("templatepage.title"))
	step, key, _ := strings.Cut(r.PostForm.Get("step"), ":")
	switch step {
	case "save", "retire", "offer":
		sh.d.Retired = step == "retire" || step == "save" && sh.d.Retired
		if _, err = s.Templates.Amend(r.Context(), v.Actor(), frame.CodeOf(r), sh.d); err == nil {
			return frame.SeeOther(w, r, p.Operation.Href+"settings/templates/", "template-amended")
		}
	default:
		err = sh.press(step, key, string(p.Printer.Lang()))
	}
	return shapedAnswer(w, r, p, sh, step, err)
}

// shapedAnswer shows the form again, with what is wrong.
func shapedAnswer(w http.ResponseWriter, r *http.Request, p *kit.Page, sh shaping, step string, err error) error {
	if err == nil {
		sh.form = typed(sh.d)
		if step != "add-own" { // what is being described for the next field
			for _, name := range []string{"ready", "label", "kind", "list", "choices"} {
				sh.form.Values.Set(name, r.PostForm.Get(name))
			}
		}
		return frame.Show(w, r, http.StatusOK, templatePage(p, sh))
	}
	if !frame.Refused(err) {
		return err
	}
	p.Error = true
	sh.form = kit.FormOf(sh.form.Values, err)
	sh.form.Labels = shapingLabels(p, sh.d)
	return frame.Show(w, r, door.Status(err), templatePage(p, sh))
}

// press does what a button beside a field, or below the list, says.
func (sh *shaping) press(step, key, lang string) error {
	fields := sh.d.Fields
	i := slices.IndexFunc(fields, func(f template.Field) bool { return f.Key == key })
	switch {
	case step == "add-ready":
		fields = append(fields, template.Field{Key: sh.form.Value("ready")})
	case step == "add-own":
		f, err := sh.ownField(lang)
		if err != nil {
			return err
		}
		fields = append(fields, f)
	case i < 0:
		return nil
	case step == "up" && i > 0:
		fields[i-1], fields[i] = fields[i], fields[i-1]
	case step == "down" && i+1 < len(fields):
		fields[i+1], fields[i] = fields[i], fields[i+1]
	case step == "require":
		fields[i].Required, fields[i].Hidden = !fields[i].Required, false
	case step == "remove" && fields[i].Kind == template.Standing:
		fields[i].Hidden, fields[i].Required = !fields[i].Hidden, false
	case step == "remove":
		fields = slices.Delete(fields, i, i+1)
	}
	sh.d.Fields = fields
	// Names and translations may still be missing: only the form of it is made whole.
	if sh.d.Name == "" || len(sh.d.Title) == 0 {
		whole := sh.d
		whole.Name, whole.Title = "x", template.Text{"en": "x"}
		if whole.Base == sh.d.Name {
			whole = sh.d
		}
		clean, err := whole.Clean()
		sh.d.Fields = clean.Fields
		return err
	}
	clean, err := sh.d.Clean()
	sh.d = clean
	return err
}

// ownField is the field that the form's last part describes.
func (sh *shaping) ownField(lang string) (template.Field, error) {
	f := template.Field{Kind: template.Kind(sh.form.Value("kind")), Label: template.Text{lang: sh.form.Value("label")}}
	if strings.TrimSpace(f.Label[lang]) == "" {
		var p fault.Problems
		p.Add("label", "fault.required")
		return f, p.Fault()
	}
	f.Key = sh.freeKey(f.Label[lang])
	if f.Kind == template.Code {
		f.List = sh.form.Value("list")
	}
	if f.Kind == template.Choice {
		setChoices(&f, lang, sh.form.Value("choices"))
		if len(f.Choices) == 0 {
			var p fault.Problems
			p.Add("choices", "template.no-choices")
			return f, p.Fault()
		}
	}
	return f, nil
}

var notKey = regexp.MustCompile(`[^a-z0-9]+`)

// freeKey makes a key of a label that no field of the template has; of a label in
// other letters, a number.
func (sh *shaping) freeKey(label string) string {
	base := strings.Trim(notKey.ReplaceAllString(strings.ToLower(label), "_"), "_0123456789")
	if len(base) > 30 {
		base = strings.Trim(base[:30], "_")
	}
	if base == "" {
		base = "field"
	}
	for n := 1; ; n++ {
		key := "own_" + base
		if n > 1 {
			key = fmt.Sprintf("own_%s_%d", base, n)
		}
		if _, taken := sh.d.Field(key); !taken {
			return key
		}
	}
}

// nameOf is the name of a new template: what was typed, else made of its title.
func nameOf(typed string, title template.Text) string {
	if typed = strings.TrimSpace(typed); typed != "" {
		return typed
	}
	words, _ := title.In("en")
	name := strings.Trim(notKey.ReplaceAllString(strings.ToLower(words), "-"), "-0123456789")
	if len(name) > 40 {
		name = strings.Trim(name[:40], "-")
	}
	return name
}

// setChoices reads choices in one language, a line each. A choice keeps its code by
// its place: what was sent before is read by the version that it was written in.
func setChoices(f *template.Field, lang, text string) {
	n := 0
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if n == len(f.Choices) {
			f.Choices = append(f.Choices, template.Option{Code: fmt.Sprintf("c%d", n+1), Label: template.Text{}})
		}
		f.Choices[n].Label[lang] = line
		n++
	}
	for i := n; i < len(f.Choices); i++ {
		delete(f.Choices[i].Label, lang)
	}
	f.Choices = slices.DeleteFunc(f.Choices, func(o template.Option) bool { return len(o.Label) == 0 })
}

// typed is the form of a definition: its own words by language.
func typed(d template.Definition) kit.Form {
	v := url.Values{"name": {d.Name}}
	for _, lang := range i18n.Languages() {
		l := string(lang)
		v.Set("title."+l, d.Title[l])
		v.Set("help."+l, d.Help[l])
		for _, f := range d.Fields {
			v.Set("label."+f.Key+"."+l, f.Label[l])
			var choices []string
			for _, o := range f.Choices {
				choices = append(choices, o.Label[l])
			}
			v.Set("choices."+f.Key+"."+l, strings.Join(choices, "\n"))
		}
	}
	return kit.FormOf(v, nil)
}

// readTyped puts the form's words into a definition.
func readTyped(form url.Values, d *template.Definition) {
	put := func(to *template.Text, lang, name string) {
		if !form.Has(name) {
			return
		}
		if *to == nil {
			*to = template.Text{}
		}
		if (*to)[lang] = strings.TrimSpace(form.Get(name)); (*to)[lang] == "" {
			delete(*to, lang)
		}
	}
	for _, lang := range i18n.Languages() {
		l := string(lang)
		put(&d.Title, l, "title."+l)
		put(&d.Help, l, "help."+l)
		for i := range d.Fields {
			f := &d.Fields[i]
			put(&f.Label, l, "label."+f.Key+"."+l)
			if name := "choices." + f.Key + "." + l; f.Kind == template.Choice && form.Has(name) {
				setChoices(f, l, form.Get(name))
			}
		}
	}
}

// shapingLabels names what can be wrong.
func shapingLabels(p *kit.Page, d template.Definition) map[string]string {
	out := map[string]string{"name": p.T("templatepage.name"), "title": p.T("templatepage.own-title"), "label": p.T("templatepage.label"),
		"choices": p.T("templatepage.choices"), "help": p.T("templatepage.help")}
	for _, f := range d.Fields {
		name := shapedName(p, f)
		out["fields."+f.Key], out["fields."+f.Key+".label"], out["fields."+f.Key+".choices"] = name, name, name
	}
	return out
}

// shapedName names a field for the director.
func shapedName(p *kit.Page, f template.Field) string {
	if words, _ := f.Label.In(string(p.Printer.Lang())); words != "" || !p.Printer.Has("template.field."+f.Key) {
		return words
	}
	return p.T("template.field." + f.Key)
}

// templateName names a template for the director.
func templateName(p *kit.Page, d template.Definition) string {
	if d.Own() {
		words, _ := d.Title.In(string(p.Printer.Lang()))
		return words
	}
	return frame.TemplateName(p, d.Base)
}

// readyOptions are the ready-made fields that a template has not yet.
func readyOptions(p *kit.Page, d template.Definition) []kit.Option {
	var out []kit.Option
	for _, f := range template.Ready() {
		if _, has := d.Field(f.Key); !has {
			out = append(out, kit.Option{Value: f.Key, Label: p.T("template.field." + f.Key)})
		}
	}
	return out
}

func kindOptions(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, k := range template.OwnKinds() {
		out = append(out, kit.Option{Value: string(k), Label: p.T("template.kind." + string(k))})
	}
	return out
}

// listOptions are the code lists that a field of one's own can ask for.
func listOptions(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, name := range []string{"country", "category", "conveyance", "direction", "detection", "concealment", "unit", "language", "region"} {
		out = append(out, kit.Option{Value: name, Label: p.T("templatepage.list." + name)})
	}
	return out
}
