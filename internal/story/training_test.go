package story

// trains checks training; false: the step is of something else.
func (k *teller) trains(m Moment) bool {
	const code = CodeActionIPR2
	switch s := m.Step.(type) {
	case WorkshopPlanned:
		k.acts(m, code, RoleTrainer)
		k.must(m.At.Before(minute(s.Workshop.Starts+"T00:00")), m, "is planned when it has begun")
		k.trained[s.Workshop] = 1
	case WorkshopCalled:
		k.must(k.trained[s.Workshop] == 1, m, "is called before it is planned")
		k.trained[s.Workshop] = 2
	case PeopleNominated:
		k.must(k.trained[s.Workshop] == 2 && m.Hat == s.Of && len(s.Workshop.Of(s.Of)) > 0, m, "nominates too early, too late, for others, or nobody")
		for _, n := range s.Workshop.Of(s.Of) {
			k.must(n.Person == nil || k.enrolled[n.Person.Login], m, "nominates who is not there")
		}
	case PeopleConfirmed:
		k.acts(m, code, RoleTrainer)
		k.trained[s.Workshop] = 3
	case LessonPublished:
		k.must(k.vetted[m.Hat] && m.Hat == s.Lesson.Organisation && len(s.Lesson.Sheets) > 0, m, "teaches what it may not, or too little")
		for _, of := range s.Lesson.Sheets {
			k.must(k.sheets[of], m, "teaches from a sheet that is not there yet")
		}
		k.taught[m.Hat] = true
	case LessonsSet, PracticeOpened:
		k.acts(m, code, RoleTrainer)
		k.must(k.taught[OrgHolder] && k.taught[OrgRival], m, "sets what is not published")
	case SessionAttended:
		k.acts(m, code, RoleTrainer)
		k.must(k.trained[s.Workshop] == 3 && s.Session < len(s.Workshop.Sessions), m, "counts who was there before anybody was confirmed")
	case LessonTaken:
		k.must(m.Hat == s.Nominee.Organisation && k.taught[OrgHolder], m, "takes what is not there")
	case OpinionsAsked, OpinionsClosed:
		k.acts(m, code, RoleTrainer)
	case OpinionGiven:
		k.must(m.Hat == s.Nominee.Organisation, m, "speaks for others")
	case CertificatesGiven:
		k.acts(m, code, RoleTrainer)
		k.certified++
	case CourseRecorded:
		k.acts(m, code, RoleContactPoint)
		k.must(k.certified > 0, m, "teaches before it was taught")
	case LearntRecorded:
		k.acts(m, code, RoleDirector, RoleCoordinator, RoleTrainer, RoleContactPoint)
		k.learnt[s.Learnt] = true
	case LearntAccepted:
		k.acts(m, code, RoleDirector)
		k.must(k.learnt[s.Learnt], m, "accepts what nobody recorded")
	default:
		return false
	}
	return true
}
