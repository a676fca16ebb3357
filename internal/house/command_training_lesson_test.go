package house_test

import (
	"maps"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/lesson"
	"github.com/tidewaiter/tidewaiter/internal/product"
)

// Reviewed, too: the commands of lessons.
func init() {
	made := func(args ...any) func(*hall) []any {
		return func(h *hall) []any { return append([]any{h.lesson()}, args...) }
	}
	maps.Copy(trials, map[string]trial{
		"lesson.List":    {args: func(*hall) []any { return []any{lesson.Filter{}} }, need: access.LessonRead, by: "officer"},
		"lesson.Read":    {args: made(), need: access.LessonRead, by: "officer"},
		"lesson.Making":  {args: none, need: access.LessonSave, by: "right-holder"},
		"lesson.Save":    {args: func(h *hall) []any { return []any{lesson.Saving{ID: lesson.ID(fresh()), Plan: h.teaching()}} }, need: access.LessonSave, by: "right-holder"},
		"lesson.Publish": {args: made(int64(1)), need: access.LessonPublish, by: "right-holder"},
		"lesson.Take":    {args: made(lesson.AttemptID("")), need: access.LessonTake, by: "officer"},
		"lesson.Answer":  {args: func(h *hall) []any { return []any{h.lesson(), h.answering()} }, need: access.LessonTake, by: "officer"},
		"lesson.Ask": {args: func(h *hall) []any {
			h.answering()
			return []any{h.lesson(), int64(0)}
		}, need: access.LessonTake, by: "officer"},
		"lesson.Done": {args: func(h *hall) []any {
			h.finish()
			return []any{h.lesson()}
		}, need: access.LessonTake, by: "officer", late: 1},
		"lesson.Results":  {args: none, need: access.LessonResults, by: "contact-point"},
		"lesson.Withdraw": {args: made("because"), need: access.LessonWithdraw, by: "right-holder", late: 3},
		"lesson.OfSheet": {args: func(h *hall) []any { return []any{h.shown.sheet.ID} }, by: "officer",
			anyone: "beside a sheet: whoever takes no lessons is told of none"},
	})
}

// taught is the lesson that the commands are tried on.
const taught = lesson.ID("01890a5d-ac96-774b-bcce-00000001e550")

func (h *hall) teaching() lesson.Plan {
	return lesson.Plan{Language: "en", Title: product.Text{"en": "Know them"}, Kinds: lesson.Kinds(), Minutes: 10, Questions: 2,
		Sheets: []lesson.Chosen{{Sheet: h.shown.sheet.ID}}}
}

// lesson names the lesson, made when it is first asked for.
func (h *hall) lesson() lesson.Name {
	h.t.Helper()
	ctx, who, n := h.t.Context(), h.who("right-holder"), lesson.Name{ID: taught, From: h.body("right-holder").ID}
	if _, err := h.app.Lessons.Read(ctx, who, n); err != nil {
		l, _, err := h.app.Lessons.Save(ctx, who, lesson.Saving{ID: taught, Plan: h.teaching()})
		h.must(err)
		_, err = h.app.Lessons.Publish(ctx, who, n, l.Edit)
		h.must(err)
	}
	return n
}

// answering is the officer's answer to the question that is next.
func (h *hall) answering() lesson.Answering {
	h.t.Helper()
	ctx, who, n := h.t.Context(), h.who("officer"), h.lesson()
	a, err := h.app.Lessons.Take(ctx, who, n, lesson.AttemptID(fresh()))
	h.must(err)
	q, err := h.app.Lessons.Ask(ctx, who, n, 0)
	h.must(err)
	return lesson.Answering{Attempt: a.ID, Number: q.Number, Option: lesson.First}
}

// finish has the officer answer to the end.
func (h *hall) finish() {
	h.t.Helper()
	for range 2 {
		_, err := h.app.Lessons.Answer(h.t.Context(), h.who("officer"), h.lesson(), h.answering())
		h.must(err)
	}
}
