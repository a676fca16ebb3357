package describe

import (
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

const jsonType = "application/json"

// Document is the description of a door (OpenAPI 3.1), made from its table and
// from the types that go in and out, with texts in the reader's language.
func (d Door) Document(p *i18n.Printer, version string) *huma.OpenAPI {
	s := describer{Door: d, p: p, registry: huma.NewMapRegistry("#/components/schemas/", schemaName)}
	o := &huma.OpenAPI{OpenAPI: "3.1.0", Info: &huma.Info{Title: p.T("api.title"), Description: p.T("api.lede"), Version: version},
		Paths: map[string]*huma.PathItem{}, Components: &huma.Components{Schemas: s.registry,
			SecuritySchemes: map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer", Description: p.T("api.token")}}},
		Security: []map[string][]string{{"token": {}}}}
	for _, r := range d.Routes {
		item := o.Paths[r.Pattern]
		if item == nil {
			item = &huma.PathItem{}
			o.Paths[r.Pattern] = item
		}
		switch op := s.operation(r); r.Method {
		case http.MethodGet:
			item.Get = op
		case http.MethodPut:
			item.Put = op
		case http.MethodPost:
			item.Post = op
		case http.MethodDelete:
			item.Delete = op
		case http.MethodPatch:
			item.Patch = op
		case http.MethodHead:
			item.Head = op
		case http.MethodOptions:
			item.Options = op
		}
	}
	s.enumerate()
	s.settle()
	return o
}

// settle says what the door does and the types do not: no list is ever null, and
// of a case that is only kept as a draft nothing is required.
func (s describer) settle() {
	for name, schema := range s.registry.Map() {
		if name == "CaseDraft" {
			schema.Required = nil
		}
		for _, property := range schema.Properties {
			property.Nullable = property.Nullable && property.Type != huma.TypeArray
		}
		schema.PrecomputeMessages()
	}
}

// schemaName calls the schema of a type by its noun: messageOut is Message,
// list[messageOut] is MessageList.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	if rest, ok := strings.CutPrefix(name, "List"); ok && rest != "" {
		name = strings.TrimSuffix(rest, "Out") + "List"
	}
	name = strings.TrimSuffix(name, "Out")
	if rest, ok := strings.CutSuffix(name, "In"); ok {
		name = rest + "Draft"
	}
	return name
}

type describer struct {
	Door
	p        *i18n.Printer
	registry huma.Registry
}

func (s describer) schema(v any) *huma.Schema { return s.registry.Schema(reflect.TypeOf(v), true, "") }

func (s describer) operation(r Route) *huma.Operation {
	op := &huma.Operation{OperationID: r.Name, Summary: s.p.T("api.route." + r.Name), Responses: map[string]*huma.Response{},
		Extensions: map[string]any{"x-command": string(r.Command)}}
	for part := range strings.SplitSeq(r.Pattern, "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			op.Parameters = append(op.Parameters, s.param(strings.TrimSuffix(name, "}"), "path", true))
		}
	}
	for _, name := range r.Query {
		op.Parameters = append(op.Parameters, s.param(name, "query", false))
	}
	if r.Match {
		op.Parameters = append(op.Parameters, s.param("If-Match", "header", false))
	}
	if r.Stream {
		op.Parameters = append(op.Parameters, s.param("Last-Event-ID", "header", false))
	}
	for _, name := range r.Tus {
		op.Parameters = append(op.Parameters, s.param(name, "header", name != "Upload-Checksum" && name != "Upload-Metadata"))
	}
	if r.Takes != "" {
		op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{r.Takes: {Schema: bytesSchema()}}}
	}
	if r.In != nil {
		op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{jsonType: {Schema: s.schema(r.In)}}}
	}
	s.answers(op, r)
	if r.Command == door.Public {
		op.Security = []map[string][]string{{}}
	}
	return op
}

func bytesSchema() *huma.Schema { return &huma.Schema{Type: huma.TypeString, Format: "binary"} }

func (s describer) param(name, in string, required bool) *huma.Param {
	schema := &huma.Schema{Type: huma.TypeString}
	switch name {
	case "limit":
		least, most := 1.0, float64(s.MaxPage)
		schema = &huma.Schema{Type: huma.TypeInteger, Minimum: &least, Maximum: &most}
	case "id", "organisation":
		schema.Format = "uuid"
	case "open":
		schema = &huma.Schema{Type: huma.TypeBoolean}
	case "variant":
		schema.Enum = []any{"", string(attachment.Small), string(attachment.Mid)}
	case "Upload-Length", "Upload-Offset":
		schema = &huma.Schema{Type: huma.TypeInteger}
	case "seq":
		schema = &huma.Schema{Type: huma.TypeInteger}
	}
	return &huma.Param{Name: name, In: in, Required: required, Schema: schema, Description: s.p.T("api.param." + strings.ToLower(name))}
}

// answers are what a route answers, the errors as one problem document.
func (s describer) answers(op *huma.Operation, r Route) {
	good := &huma.Response{Description: s.p.T("api.answer.ok")}
	switch {
	case r.Stream:
		good.Content = map[string]*huma.MediaType{"text/event-stream": {Schema: s.schema(r.Out)}}
	case r.File:
		good.Content = map[string]*huma.MediaType{"*/*": {Schema: bytesSchema()}}
	case r.Out != nil:
		good.Content = map[string]*huma.MediaType{jsonType: {Schema: s.schema(r.Out)}}
	case r.Method == http.MethodGet:
		good.Content = map[string]*huma.MediaType{jsonType: {Schema: &huma.Schema{Type: huma.TypeObject}}}
	}
	if r.ETag {
		good.Headers = map[string]*huma.Param{"ETag": {Schema: &huma.Schema{Type: huma.TypeString}, Description: s.p.T("api.param.etag")}}
	}
	switch {
	case r.Method == http.MethodDelete, r.Method == http.MethodPatch, r.Method == http.MethodOptions:
		op.Responses["204"] = good
	case r.Method == http.MethodPost && len(r.Tus) > 0:
		op.Responses["201"] = good
	case r.Created:
		fresh := *good
		fresh.Description = s.p.T("api.answer.created")
		op.Responses["200"], op.Responses["201"] = good, &fresh
	default:
		op.Responses["200"] = good
	}
	for _, status := range s.errors(r) {
		op.Responses[strconv.Itoa(status)] = &huma.Response{Description: s.p.T("api.answer." + strconv.Itoa(status)),
			Content: map[string]*huma.MediaType{"application/problem+json": {Schema: s.schema(s.Problem)}}}
	}
}

func (describer) errors(r Route) []int {
	out := []int{http.StatusBadRequest, http.StatusTooManyRequests, http.StatusServiceUnavailable}
	if r.Command != door.Public {
		out = append(out, http.StatusUnauthorized, http.StatusNotFound)
	}
	if r.In != nil {
		out = append(out, http.StatusConflict, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity)
	}
	if r.In == nil && (len(r.Query) > 0 || r.Stream) && r.Command != door.Public {
		out = append(out, http.StatusUnprocessableEntity)
	}
	if r.Match {
		out = append(out, http.StatusPreconditionFailed)
	}
	return append(out, r.Errors...)
}

// enumerate says which codes a field takes.
func (s describer) enumerate() {
	lists := map[string]codelist.List{"category": codelist.Category, "tlp": codelist.TLP, "unit": codelist.Unit, "verdict": codelist.Verdict,
		"status": codelist.Outcome, "outcome": codelist.Feedback, "source": codelist.WarningSource}
	for name, schema := range s.registry.Map() {
		switch name {
		case "MessageDraft", "Message", "Profile", "CaseDraft", "Case", "Line", "Quantity":
		default:
			continue
		}
		for field, list := range lists {
			if property := schema.Properties[field]; property != nil {
				if !slices.Contains(schema.Required, field) {
					property.Enum = append(property.Enum, "") // not stated
				}
				for _, code := range list.Codes() {
					property.Enum = append(property.Enum, code)
				}
			}
		}
	}
}
