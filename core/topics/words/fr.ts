/** Of core/topics/words.ts, which says how it is read. */
export const fr = `
[work] Travail; emploi; carrière; métier
career-guidance: Orientation professionnelle; conseils de carrière; développement professionnel
job-search: Trouver un emploi; chercher du travail; chômage; offres d’emploi
job-interviews: Entretiens d’embauche; entretien; préparer un entretien
cv-and-letters: CV et lettres; curriculum vitae; lettre de motivation; candidature
out-at-work: Visibilité au travail; coming out au travail
workplace-conflict: Conflits au travail; harcèlement au travail; chef difficile; collègues
leadership: Diriger des personnes; encadrement; gestion; animer une équipe
career-change: Changer de métier; reconversion; repartir de zéro; nouvelle carrière

[money] Argent; finances; économie
budgeting: Gérer son argent; budget; finir le mois; dépenses
self-employment: Travailler à son compte; indépendant; travail indépendant; freelance; auto-entrepreneur
debt: Sortir des dettes; dette; surendettement; emprunts; crédit
saving: Épargner; épargne; investir; placements; retraite par épargne
taxes: Impôts; déclaration d’impôts; comptabilité; fiscalité
starting-a-business: Créer une entreprise; commerce; entrepreneuriat; coopérative
negotiating-pay: Négocier son salaire; salaire; paie; augmentation
social-benefits: Aides et allocations; aide sociale; sécurité sociale; prestations

[well-being] Bien-être; aller bien
self-care: Prendre soin de soi; soin de soi; autosoin; temps pour soi
mental-well-being: Bien-être mental; santé mentale; anxiété; dépression; psychologie; thérapie
stress-and-burnout: Stress et épuisement; burn-out; surmenage; pression
loneliness: Solitude; isolement; se sentir seul
grief: Deuil; perte; perdre quelqu’un
meditation: Méditation; pleine conscience; respiration; yoga
sleep-and-rest: Sommeil et repos; insomnie; dormir; détente
self-esteem: Estime de soi; confiance en soi; image du corps; honte; fierté

[health] Santé; médecine
health-navigation: S’orienter dans la santé; médecins; hôpital; assurance maladie; rendez-vous médical
transition-care: Soins de transition; hormones; traitement hormonal; affirmation de genre; chirurgie
sexual-health: Santé sexuelle; infections sexuellement transmissibles; dépistage; contraception; sexe sans risque
hiv-and-prep: VIH et PrEP; vivre avec le VIH; sida; prévention
disability-and-illness: Handicap et maladie chronique; accessibilité; neurodivergence; autisme; TDAH
recovery: Sortir des addictions; dépendance; alcool; drogues; sobriété; arrêter de fumer
fitness-and-movement: Sport et mouvement; exercice; entraînement; salle de sport; course à pied
ageing: Vieillir; vieillesse; personnes âgées; retraite

[family] Coming out et famille; famille
coming-out: Coming out; le dire aux autres; sortir du placard
family-talks: Parler en famille; parents; frères et sœurs; proches; rejet
chosen-family: Famille choisie; appartenance
faith-and-identity: Foi et identité; religion; spiritualité; église; mosquée
exploring-gender: Explorer son genre; identité de genre; non binaire; trans; intersexe
exploring-orientation: Explorer son orientation; orientation sexuelle; bisexuel; lesbienne; gay; asexuel
support-for-families: Pour les familles et les alliés; parents d’enfants queer; personnes alliées
leaving-home: Quitter la maison; vivre seul; indépendance

[rights] Droits; loi
legal-rights: Vos droits; droit; conseil juridique; avocats; justice
migration-and-asylum: Migration et asile; réfugiés; immigration; visa; titre de séjour
name-and-gender-change: Changer de nom et de genre; état civil; papiers; prénom
discrimination: Discrimination; égalité; homophobie; transphobie; racisme; plainte
rights-at-work: Droits au travail; droit du travail; contrat; syndicat; licenciement
housing: Logement et location; louer; appartement; loyer; sans-abri; hébergement
marriage-and-partnership: Mariage et union; noces; union civile; pacs; divorce; héritage
dealing-with-authorities: Démarches administratives; paperasse; bureaucratie; formulaires; courriers officiels

[safety] Sécurité; protection
digital-security: Sécurité numérique; cybersécurité; mots de passe; chiffrement; sécurité du téléphone
personal-safety: Sécurité personnelle; autodéfense; sécurité dans la rue; plan de sécurité
online-privacy: Vie privée en ligne; protection des données; anonymat; pistage
safer-dating: Rencontres plus sûres; applis de rencontre; premier rendez-vous; faux profils; guet-apens
harassment: Haine et harcèlement; traque; intimidation; discours de haine; crimes de haine; cyberharcèlement
blackmail-and-outing: Chantage et outing; extorsion; menaces; sextorsion
leaving-violence: Sortir de la violence; violence conjugale; maltraitance; mariage forcé
travel-safety: Voyager en sécurité; voyages; frontières; pays sûrs

[languages] Langues; langue
language-practice: Pratiquer une langue; conversation; tandem; échange linguistique; parler
sign-language: Langue des signes; LSF; signer; culture sourde
learning-english: Apprendre l’anglais; anglais; cours d’anglais
language-of-the-country: La langue d’un nouveau pays; français langue étrangère; langue locale; cours de langue
translation: Traduction et interprétation; traduire; interprète; sous-titres
literacy: Lire et écrire; alphabétisation; alphabet; orthographe
language-exams: Examens de langue; certificat de langue; test de niveau; test de naturalisation
public-speaking: Parler en public; éloquence; travail de la voix; présentations; trac

[arts] Arts; art; création
music: Musique; instruments; guitare; piano; composition
writing: Écriture; écrire; poésie; nouvelles; journalisme
visual-arts: Arts visuels; dessin; peinture; illustration; bande dessinée; sculpture
photography: Photographie; photos; appareil photo; portraits
film-and-video: Film et vidéo; faire des films; montage; documentaire; animation
theatre: Théâtre; jeu d’acteur; scène; improvisation
dance: Danse; danser; chorégraphie
singing: Chant; chanter; chorale; voix

[crafts] Artisanat et savoir-faire; travaux manuels; métiers manuels
sewing: Couture; coudre; retouches; raccommodage; mode
cooking: Cuisine; cuisiner; recettes; pâtisserie; alimentation
repairs: Réparations; réparer; bricolage; plomberie; électricité
woodwork: Travail du bois; menuiserie; meubles
gardening: Jardinage; jardin; plantes; potager; balcon
hair-and-make-up: Coiffure et maquillage; coiffeur; coupe de cheveux; cosmétiques; beauté
knitting: Tricot et crochet; tricoter; laine; broderie
driving: Apprendre à conduire; permis de conduire; voiture; vélo

[technology] Technologie; informatique; ordinateurs
programming: Programmation; programmer; code; développement logiciel
everyday-technology: Technologie au quotidien; smartphone; utiliser un ordinateur; courriel; internet
web-design: Créer des sites web; conception web; développement web; blog
spreadsheets: Tableurs et données; Excel; statistiques; bases de données; analyse de données
graphic-design: Graphisme; mise en page; logo; affiches; typographie
computer-repair: Réparer des ordinateurs; matériel informatique; réparer un téléphone; portable
free-software: Logiciel libre; code ouvert; Linux
making-games: Créer des jeux; jeux vidéo; jeux de rôle; conception de jeux

[education] Éducation; école; apprentissage
study-skills: Apprendre à étudier; devoirs; concentration; prise de notes; soutien scolaire
university: Université; études supérieures; mémoire; thèse; doctorat
exams: Examens; contrôles; révisions; stress des examens; baccalauréat
scholarships: Bourses d’études; bourse; prêt étudiant; financement des études
mathematics: Mathématiques; maths; algèbre; géométrie; analyse
science: Sciences; physique; chimie; biologie; recherche
vocational-training: Formation professionnelle; alternance; stage; lycée professionnel
teaching: Enseigner; cours; pédagogie; mentorat; ateliers

[organising] S’organiser; vie associative
community-organising: S’organiser ensemble; créer une communauté; centre queer; groupes locaux; réseau
events-and-fundraising: Événements et collecte de fonds; dons; marche des fiertés; festival
activism: Militantisme; campagnes; manifestation; plaidoyer; politique
volunteering: Bénévolat; aider; entraide
facilitating-groups: Animer des groupes; facilitation; modération; réunions; conflits de groupe
peer-support: Soutien entre pairs; groupe de parole; auto-support; écoute
media-and-campaigns: Médias et campagnes; presse; réseaux sociaux; communication; podcast
running-an-association: Gérer une association; but non lucratif; ONG; bureau; subventions

[history] Histoire et culture; histoire LGBTQ+
queer-history: Histoire queer; histoire LGBT; histoire gay; histoire lesbienne; Stonewall
queer-culture: Culture queer; culture LGBT; communauté queer; symboles; argot
drag: Drag; drag queen; drag king; maquillage drag; transformisme
queer-literature: Littérature queer; livres queer; club de lecture; poésie queer
queer-cinema: Cinéma queer; films queer; ciné-club; séries
oral-history: Histoire orale; mémoires; récits de vie; archives
trans-history: Histoire trans; histoire transgenre; le genre à d’autres époques
ballroom: Ballroom et voguing; vogue; balls

[relationships] Amour et amitié; parentalité et relations
relationships: Relations; couple; amour; communication dans le couple
parenting: Élever des enfants; parentalité; enfants; familles homoparentales; adolescents
dating: Faire des rencontres; rendez-vous amoureux; séduction; tomber amoureux
friendship: Amitié; se faire des amis; amis; vie sociale
break-ups: Ruptures; séparation; chagrin d’amour; jalousie
starting-a-family: Devenir parents; adoption; famille d’accueil; donneur; PMA; grossesse
intimacy: Intimité et sexe; sexualité; consentement; désir; plaisir
open-relationships: Relations libres; polyamour; non-monogamie
`
