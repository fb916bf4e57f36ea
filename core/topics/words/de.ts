/** Of core/topics/words.ts, which says how it is read. */
export const de = `
[work] Arbeit; Beruf; Karriere; Job
career-guidance: Berufsberatung; Laufbahnberatung; Karriereberatung; berufliche Entwicklung
job-search: Arbeit finden; Arbeitssuche; Jobsuche; Arbeitslosigkeit; Stellenangebote
job-interviews: Vorstellungsgespräche; Bewerbungsgespräch; Gespräch üben
cv-and-letters: Lebenslauf und Anschreiben; CV; Bewerbung; Bewerbungsschreiben
out-at-work: Offen am Arbeitsplatz; Outing im Job; queer am Arbeitsplatz
workplace-conflict: Konflikte am Arbeitsplatz; Mobbing im Betrieb; schwierige Vorgesetzte; Team
leadership: Menschen führen; Führung; Leitung; Teamleitung
career-change: Beruflicher Neuanfang; Berufswechsel; Umschulung; Quereinstieg

[money] Geld; Finanzen; Wirtschaft
budgeting: Mit Geld umgehen; Haushaltsbuch; Budget; Ausgaben
self-employment: Selbstständig arbeiten; Selbstständigkeit; freiberuflich; Freelance
debt: Raus aus den Schulden; Schulden; Kredite; Schuldnerberatung
saving: Sparen; Geld anlegen; Investieren; Altersvorsorge
taxes: Steuern; Steuererklärung; Buchhaltung; Finanzamt
starting-a-business: Ein Unternehmen gründen; Firma; Existenzgründung; Genossenschaft; Laden
negotiating-pay: Gehalt verhandeln; Lohn; Gehaltserhöhung; Bezahlung
social-benefits: Hilfen und Leistungen; Sozialhilfe; Bürgergeld; Sozialleistungen; Zuschüsse

[well-being] Wohlbefinden; Wellness
self-care: Selbstfürsorge; für sich sorgen; auf sich achten; Zeit für sich
mental-well-being: Seelisches Wohlbefinden; psychische Gesundheit; Angst; Depression; Psychologie; Therapie
stress-and-burnout: Stress und Burnout; Erschöpfung; Überarbeitung; Druck
loneliness: Einsamkeit; allein sein; Isolation
grief: Trauer; Verlust; Abschied
meditation: Meditation; Achtsamkeit; Atmung; Yoga
sleep-and-rest: Schlaf und Erholung; Schlaflosigkeit; schlafen; Entspannung
self-esteem: Selbstwert; Selbstvertrauen; Körperbild; Scham; Stolz

[health] Gesundheit; Medizin
health-navigation: Sich im Gesundheitswesen zurechtfinden; Arzt; Ärztin; Krankenhaus; Krankenkasse; Arzttermin
transition-care: Begleitung in der Transition; Hormone; Hormontherapie; geschlechtsangleichend; Operation
sexual-health: Sexuelle Gesundheit; Geschlechtskrankheiten; Tests auf STI; Verhütung; Safer Sex
hiv-and-prep: HIV und PrEP; Leben mit HIV; Aids; Vorbeugung
disability-and-illness: Behinderung und chronische Krankheit; Barrierefreiheit; Neurodivergenz; Autismus; ADHS
recovery: Raus aus der Sucht; Sucht; Alkohol; Drogen; Nüchternheit; Rauchen aufhören
fitness-and-movement: Sport und Bewegung; Training; Fitness; Laufen
ageing: Älter werden; Alter; ältere Menschen; Ruhestand

[family] Coming-out und Familie; Familie
coming-out: Coming-out; es anderen sagen; sich outen
family-talks: Mit der Familie reden; Eltern; Geschwister; Verwandte; Ablehnung
chosen-family: Wahlfamilie; Zugehörigkeit
faith-and-identity: Glaube und Identität; Religion; Spiritualität; Kirche; Moschee
exploring-gender: Das Geschlecht erkunden; Geschlechtsidentität; nichtbinär; trans; intergeschlechtlich
exploring-orientation: Die Orientierung erkunden; sexuelle Orientierung; bisexuell; lesbisch; schwul; asexuell
support-for-families: Für Familien und Verbündete; Eltern queerer Kinder; Angehörige
leaving-home: Von zu Hause ausziehen; allein wohnen; Unabhängigkeit

[rights] Rechte; Recht; Gesetz
legal-rights: Deine Rechte; Rechtsberatung; Anwalt; Anwältin; Justiz
migration-and-asylum: Migration und Asyl; Flucht; Geflüchtete; Einwanderung; Visum; Aufenthaltstitel
name-and-gender-change: Name und Geschlechtseintrag ändern; Selbstbestimmungsgesetz; Papiere; Vorname
discrimination: Diskriminierung; Gleichstellung; Homophobie; Transfeindlichkeit; Rassismus; Beschwerde
rights-at-work: Rechte bei der Arbeit; Arbeitsrecht; Arbeitsvertrag; Gewerkschaft; Kündigung
housing: Wohnen und Miete; Wohnung; mieten; Obdachlosigkeit; Notunterkunft
marriage-and-partnership: Ehe und Partnerschaft; Hochzeit; Lebenspartnerschaft; Scheidung; Erbe
dealing-with-authorities: Umgang mit Behörden; Papierkram; Amt; Formulare; Anträge; Amtsbriefe

[safety] Sicherheit; Schutz
digital-security: Digitale Sicherheit; IT-Sicherheit; Passwörter; Verschlüsselung; sicheres Handy
personal-safety: Persönliche Sicherheit; Selbstverteidigung; Schutzplan; Sicherheit auf der Straße
online-privacy: Privatsphäre im Netz; Datenschutz; Anonymität; Tracking
safer-dating: Sicherer daten; Dating-Apps; erstes Treffen; falsche Profile; Fallen
harassment: Hass und Belästigung; Stalking; Mobbing; Hassrede; Hassverbrechen; Cybermobbing
blackmail-and-outing: Erpressung und Zwangsouting; Drohungen; Sextortion
leaving-violence: Raus aus der Gewalt; häusliche Gewalt; Misshandlung; Zwangsheirat
travel-safety: Sicher reisen; Reisen; Grenzen; sichere Länder

[languages] Sprachen; Sprache
language-practice: Eine Sprache üben; Konversation; Tandem; Sprachaustausch; sprechen
sign-language: Gebärdensprache; DGS; gebärden; Gehörlosenkultur
learning-english: Englisch lernen; Englisch; Englischunterricht
language-of-the-country: Die Sprache eines neuen Landes; Deutsch als Fremdsprache; Landessprache; Sprachkurs
translation: Übersetzen und Dolmetschen; Übersetzung; Untertitel
literacy: Lesen und Schreiben; Alphabetisierung; Alphabet; Rechtschreibung
language-exams: Sprachprüfungen; Sprachzertifikat; Einstufungstest; Einbürgerungstest
public-speaking: Vor Leuten sprechen; Rhetorik; Stimmtraining; Vorträge; Lampenfieber

[arts] Kunst; Künste; kreatives Arbeiten
music: Musik; Instrumente; Gitarre; Klavier; Komponieren
writing: Schreiben; Lyrik; Geschichten; Journalismus
visual-arts: Bildende Kunst; Zeichnen; Malerei; Illustration; Comic; Bildhauerei
photography: Fotografie; Fotos; Kamera; Porträts
film-and-video: Film und Video; Filme machen; Schnitt; Dokumentarfilm; Animation
theatre: Theater; Schauspiel; Bühne; Improvisation
dance: Tanz; Tanzen; Choreografie
singing: Gesang; Singen; Chor; Stimme

[crafts] Handwerk und Praktisches; Handwerk; Handarbeit
sewing: Nähen; Schneidern; Flicken; Mode
cooking: Kochen; Küche; Rezepte; Backen; Essen
repairs: Reparieren; Heimwerken; Klempnern; Elektrik
woodwork: Holzarbeit; Tischlern; Möbel
gardening: Gärtnern; Garten; Pflanzen; Gemüse anbauen; Balkon
hair-and-make-up: Haare und Make-up; Friseur; Haarschnitt; Kosmetik; Schminken
knitting: Stricken und Häkeln; Wolle; Sticken; Weben
driving: Fahren lernen; Führerschein; Auto; Fahrrad

[technology] Technik; Informatik; Computer
programming: Programmieren; Coden; Softwareentwicklung
everyday-technology: Technik im Alltag; Smartphone; Computer bedienen; E-Mail; Internet
web-design: Webseiten bauen; Webdesign; Webentwicklung; Blog
spreadsheets: Tabellen und Daten; Excel; Statistik; Datenbanken; Datenanalyse
graphic-design: Grafikdesign; Gestaltung; Logo; Plakate; Typografie
computer-repair: Computer reparieren; Hardware; Handyreparatur; Laptop
free-software: Freie Software; quelloffen; Linux
making-games: Spiele entwickeln; Videospiele; Rollenspiele; Spieldesign

[education] Bildung; Schule; Lernen
study-skills: Lernen lernen; Hausaufgaben; Konzentration; Mitschriften; Nachhilfe
university: Universität; Hochschule; Studium; Abschlussarbeit; Promotion
exams: Prüfungen; Klausuren; Wiederholen; Prüfungsangst; Abitur
scholarships: Stipendien; Studienkredit; BAföG; Studienfinanzierung
mathematics: Mathematik; Mathe; Algebra; Geometrie; Analysis
science: Naturwissenschaften; Physik; Chemie; Biologie; Forschung
vocational-training: Berufsausbildung; Lehre; Praktikum; Berufsschule
teaching: Unterrichten; Unterricht; Pädagogik; Mentoring; Workshops

[organising] Sich organisieren; Gemeinwesenarbeit
community-organising: Gemeinsam organisieren; Gemeinschaft aufbauen; queeres Zentrum; Gruppen vor Ort; vernetzen
events-and-fundraising: Veranstaltungen und Spenden; Spenden sammeln; CSD; Festival
activism: Aktivismus; Kampagnen; Protest; Demonstration; Politik
volunteering: Ehrenamt; freiwillig helfen; gegenseitige Hilfe
facilitating-groups: Gruppen leiten; Moderation; Treffen; Konflikte in Gruppen
peer-support: Unterstützung unter Gleichen; Peer-Beratung; Selbsthilfegruppe; Zuhören
media-and-campaigns: Medien und Kampagnen; Presse; soziale Medien; Öffentlichkeitsarbeit; Podcast
running-an-association: Einen Verein führen; gemeinnützig; Vorstand; Fördermittel

[history] Geschichte und Kultur; LGBTQ+-Geschichte
queer-history: Queere Geschichte; LGBT-Geschichte; Schwulenbewegung; Lesbenbewegung; Stonewall
queer-culture: Queere Kultur; LGBT-Kultur; queere Community; Symbole; Szenesprache
drag: Drag; Dragqueen; Dragking; Drag-Make-up; Travestie
queer-literature: Queere Literatur; queere Bücher; Lesekreis; queere Lyrik
queer-cinema: Queeres Kino; queere Filme; Filmclub; Serien
oral-history: Erzählte Geschichte; Erinnerungen; Lebensgeschichten; Archiv; Zeitzeugen
trans-history: Trans Geschichte; Geschichte von trans Menschen; Geschlecht in anderen Zeiten
ballroom: Ballroom und Voguing; Vogue; Balls

[relationships] Liebe und Freundschaft; Elternschaft und Beziehungen
relationships: Beziehungen; Partnerschaft; Paar; Liebe; Kommunikation in der Beziehung
parenting: Kinder großziehen; Elternschaft; Erziehung; Regenbogenfamilien; Jugendliche
dating: Kennenlernen; Dating; Flirten; sich verlieben
friendship: Freundschaft; Freunde finden; soziales Leben
break-ups: Trennungen; Trennung; Liebeskummer; Eifersucht
starting-a-family: Eltern werden; Adoption; Pflegekinder; Samenspende; Kinderwunsch; Schwangerschaft
intimacy: Nähe und Sex; Sexualität; Konsens; Begehren; Lust
open-relationships: Offene Beziehungen; Polyamorie; Nichtmonogamie
`
