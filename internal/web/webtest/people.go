package webtest

import (
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// Password is what people of the story sign in with once they have redeemed a link.
const Password = "seven gulls over the pier"

// Someone finds a person of the story who is no persona.
func (w *World) Someone(login string) person.ID {
	w.T.Helper()
	all, err := w.App.People.List(w.T.Context(), w.Session("administrator").Actor)
	if err != nil {
		w.T.Fatal(err)
	}
	for _, l := range all {
		if l.Person.Login == login {
			return l.Person.ID
		}
	}
	w.T.Fatalf("nobody is called %q", login)
	return ""
}

// Invite gives the token of a link that a person may redeem.
func (w *World) Invite(login string) string {
	w.T.Helper()
	token, err := w.App.People.Invite(w.T.Context(), w.Session("administrator").Actor, w.Someone(login))
	if err != nil {
		w.T.Fatal(err)
	}
	return token
}

// SignedIn gives the token of a person who signs in with a password.
func (w *World) SignedIn(login string) string {
	w.T.Helper()
	ctx := w.T.Context()
	if _, err := w.App.People.Redeem(ctx, w.Invite(login), Password); err != nil {
		w.T.Fatal(err)
	}
	token, _, err := w.App.Sessions.SignIn(ctx, login, Password, "test")
	if err != nil {
		w.T.Fatal(err)
	}
	return token
}
