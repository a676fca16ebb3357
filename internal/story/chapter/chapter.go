package chapter

// Chapter is the text of one section of the report's outline, in Markdown, by
// language. Figures stand in it by their names.
type Chapter struct {
	Section string
	Texts   map[string]string
}

// Chapters are those that coordination writes before the first version.
var Chapters = []Chapter{
	{"aim", map[string]string{
		"en": "Action IPR A/P 2 was a joint operation of customs administrations of Asia and the Pacific against counterfeit goods, above all against those that endanger health and safety. " +
			"It ran from 6 to 24 February 2017 under the WCO Secretariat and the Regional Intelligence Liaison Office for Asia/Pacific.\n\n" +
			"It had three aims:\n\n- to find such goods in mail, courier and cargo traffic;\n- to strengthen the exchange of information between administrations, and with right holders;\n- to train officers before, and to learn from the results after.",
		"fr": "Action IPR A/P 2 a été une opération conjointe d'administrations douanières de la région Asie/Pacifique contre les marchandises contrefaisantes, en premier lieu celles qui mettent en danger la santé et la sécurité. " +
			"Elle s'est déroulée du 6 au 24 février 2017 sous la conduite du Secrétariat de l'OMD et du Bureau régional de liaison chargé du renseignement pour l'Asie/Pacifique.\n\n" +
			"Elle poursuivait trois objectifs :\n\n- déceler ces marchandises dans le trafic postal, express et de fret ;\n- renforcer l'échange d'informations entre administrations et avec les titulaires de droits ;\n- former les agents avant l'opération et tirer les leçons des résultats ensuite.",
		"ar": "كانت عملية Action IPR A/P 2 عملية مشتركة لإدارات جمركية في آسيا والمحيط الهادئ ضد السلع المقلَّدة، ولا سيما ما يهدد الصحة والسلامة. " +
			"جرت من 6 إلى 24 فبراير 2017 تحت إشراف أمانة منظمة الجمارك العالمية والمكتب الإقليمي لتبادل المعلومات لآسيا والمحيط الهادئ.\n\n" +
			"وكانت لها ثلاثة أهداف:\n\n- كشف هذه السلع في البريد والنقل السريع والشحن؛\n- تعزيز تبادل المعلومات بين الإدارات ومع أصحاب الحقوق؛\n- تدريب الموظفين قبل العملية والتعلم من نتائجها بعدها.",
	}},
	{"legal", map[string]string{
		"en": "Administrations acted under their national laws, within the minimum that Articles 51 to 60 of the TRIPS Agreement set. Goods were detained on their own initiative or upon applications for action. Each administration kept the terms of its own law.",
		"fr": "Les administrations ont agi en vertu de leur droit national, dans le cadre minimal des articles 51 à 60 de l'Accord sur les ADPIC. Les marchandises ont été retenues d'office ou sur la base de demandes d'intervention. Chaque administration a observé les délais de sa propre loi.",
		"ar": "عملت الإدارات وفق قوانينها الوطنية ضمن الحد الأدنى الذي تضعه المواد من 51 إلى 60 من اتفاق تريبس. واحتُجزت السلع بمبادرة منها أو بناءً على طلبات التدخل، والتزمت كل إدارة بآجال قانونها.",
	}},
	{"intelligence", map[string]string{
		"en": "Targets came from four sources: warnings of other participants, earlier seizures of the same senders, product sheets of right holders, and profiles that administrations keep themselves. The indicators that led to most finds were new senders, values declared far too low, and mixed consignments declared as household goods.",
	}},
	{"participants", map[string]string{
		"en": "Administrations of the region took part under the coordination of the WCO Secretariat and RILO A/P. Two right holders gave information on their products and answered questions about goods at hand. One federation of right holders observed.",
		"fr": "Des administrations de la région ont participé sous la coordination du Secrétariat de l'OMD et du BRLR A/P. Deux titulaires de droits ont fourni des informations sur leurs produits et répondu aux questions sur les marchandises retenues. Une fédération de titulaires de droits a assisté en qualité d'observateur.",
		"ar": "شاركت إدارات من المنطقة بتنسيق من أمانة منظمة الجمارك العالمية والمكتب الإقليمي. وقدَّم اثنان من أصحاب الحقوق معلومات عن منتجاتهما وأجابا عن أسئلة حول سلع محتجزة، وحضر اتحاد لأصحاب الحقوق بصفة مراقب.",
	}},
	{"scope", map[string]string{
		"en": "All modes of transport and all categories of goods were in scope, import, export and transit alike. Medicines, food, toys, cosmetics, and parts of vehicles had priority.",
		"fr": "Tous les modes de transport et toutes les catégories de marchandises étaient visés, à l'importation, à l'exportation comme en transit. La priorité allait aux médicaments, aux denrées alimentaires, aux jouets, aux cosmétiques et aux pièces de véhicules.",
		"ar": "شملت العملية جميع وسائل النقل وجميع فئات السلع، في الاستيراد والتصدير والعبور. وأُعطيت الأولوية للأدوية والأغذية والألعاب ومستحضرات التجميل وقطع غيار المركبات.",
	}},
	{"method", map[string]string{
		"en": "The operation had three phases.\n\n1. **Training**: a Train-the-Trainer workshop in December 2016, in which right holders showed how to tell genuine goods from fake ones.\n2. **Operation**: 19 days of controls in February 2017, with daily reports and warnings over one secure system.\n3. **Follow-up**: a workshop in March 2017 on the results and on what to do better.",
		"fr": "L'opération a compté trois phases.\n\n1. **Formation** : un atelier de formation de formateurs en décembre 2016, lors duquel les titulaires de droits ont montré comment distinguer le vrai du faux.\n2. **Phase opérationnelle** : 19 jours de contrôles en février 2017, avec rapports quotidiens et avertissements par un même système sécurisé.\n3. **Suivi** : un atelier en mars 2017 sur les résultats et les améliorations à apporter.",
		"ar": "مرت العملية بثلاث مراحل.\n\n1. **التدريب**: ورشة لتدريب المدربين في ديسمبر 2016 بيَّن فيها أصحاب الحقوق كيف يُميَّز الأصلي من المقلَّد.\n2. **التنفيذ**: 19 يومًا من الرقابة في فبراير 2017 مع تقارير يومية وتحذيرات عبر نظام آمن واحد.\n3. **المتابعة**: ورشة في مارس 2017 حول النتائج وما ينبغي تحسينه.",
	}},
	{"coordination", map[string]string{
		"en": "The Operational Coordination Unit worked in two shifts a day and handed over in writing. It watched which warnings were not acknowledged, asked silent administrations, and marked cases that were reported twice.",
	}},
	{"holders", map[string]string{
		"en": "Right holders published product sheets with pictures of genuine and fake goods. Officers opened them at the counter and asked \"genuine or fake?\" where a sheet was not enough. Right holders saw what they were asked, and no case.",
		"fr": "Les titulaires de droits ont publié des fiches produits avec des photographies du vrai et du faux. Les agents les ont consultées au guichet et ont demandé « authentique ou faux ? » lorsqu'une fiche ne suffisait pas. Les titulaires n'ont vu que les questions posées, et aucune affaire.",
		"ar": "نشر أصحاب الحقوق بطاقات منتجات بصور للأصلي والمقلَّد. واستعان بها الموظفون عند الفحص وسألوا «أصلي أم مقلَّد؟» حين لم تكفِ البطاقة. ولم يرَ أصحاب الحقوق إلا ما سُئلوا عنه، ولم يروا أي حالة.",
	}},
	{"results", map[string]string{
		"en": "From 6 to 24 February 2017, administrations reported what counts under the rule of the operation: {{official}}. Pieces, kilograms and litres are different measures and are never added together.",
		"fr": "Du 6 au 24 février 2017, les administrations ont déclaré, selon la règle de comptage de l'opération : {{official}}. Les pièces, les kilogrammes et les litres sont des mesures différentes et ne sont jamais additionnés.",
		"ar": "من 6 إلى 24 فبراير 2017 أبلغت الإدارات عما يُحتسب وفق قاعدة العملية: {{official}}. والقطع والكيلوغرامات واللترات مقاييس مختلفة لا تُجمع أبدًا.",
	}},
	{"annexes", map[string]string{
		"en": "The cases behind each figure are listed by reference. Whoever may read them opens them from here.",
	}},
}

// Added are chapters that the Follow-up workshop gave rise to: they come with the
// second version.
var Added = []Chapter{
	{"challenges", map[string]string{
		"en": "At the workshop of 21 to 23 March 2017 administrations named three obstacles: warnings that came when the goods had left; details of products that officers at mail centres did not have at hand; and terms of the law that ended before a right holder had answered.",
	}},
	{"lessons", map[string]string{
		"en": "The workshop of 21 to 23 March 2017 agreed on three points for the next operation:\n\n- a warning names the day by which it needs an answer;\n- every post that takes part sends one officer to the training;\n- right holders publish their product sheets before the operation begins.",
	}},
}
