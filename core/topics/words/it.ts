/** Of core/topics/words.ts, which says how it is read. */
export const it = `
[work] Lavoro; impiego; carriera; professione
career-guidance: Orientamento professionale; consigli di carriera; crescita professionale; scegliere un mestiere
job-search: Trovare lavoro; cercare lavoro; disoccupazione; offerte di lavoro
job-interviews: Colloqui di lavoro; colloquio; prepararsi al colloquio
cv-and-letters: Curriculum e lettere; CV; lettera di presentazione; candidatura
out-at-work: Visibilità sul lavoro; coming out al lavoro; queer al lavoro
workplace-conflict: Conflitti sul lavoro; mobbing; capo difficile; rapporti con i colleghi
leadership: Guidare persone; leadership; gestione; coordinare un gruppo
career-change: Ricominciare nel lavoro; cambiare mestiere; riqualificazione; nuova carriera

[money] Denaro; soldi; economia; finanze
budgeting: Gestire i soldi; bilancio familiare; arrivare a fine mese; spese
self-employment: Lavorare in proprio; partita IVA; libera professione; lavoro autonomo
debt: Uscire dai debiti; debito; prestiti; rate; mutuo
saving: Risparmiare; risparmio; mettere da parte; investire; pensione
taxes: Tasse; imposte; dichiarazione dei redditi; contabilità; fisco
starting-a-business: Avviare un’impresa; azienda; imprenditoria; cooperativa; negozio
negotiating-pay: Trattare lo stipendio; retribuzione; paga; aumento
social-benefits: Sussidi e sostegni; assistenza sociale; previdenza; indennità; aiuti dello Stato

[well-being] Benessere; stare bene
self-care: Cura di sé; prendersi cura di sé; volersi bene; tempo per sé
mental-well-being: Benessere mentale; salute mentale; ansia; depressione; psicologia; terapia
stress-and-burnout: Stress e burnout; esaurimento; troppo lavoro; pressione
loneliness: Solitudine; isolamento; sentirsi soli
grief: Lutto; perdita; elaborare il lutto
meditation: Meditazione; consapevolezza; respirazione; yoga
sleep-and-rest: Sonno e riposo; insonnia; dormire; rilassarsi
self-esteem: Autostima; fiducia in sé; immagine del corpo; vergogna; orgoglio

[health] Salute; sanità; medicina
health-navigation: Orientarsi nella sanità; medici; ospedale; visite mediche; tessera sanitaria
transition-care: Cure nella transizione; ormoni; terapia ormonale; affermazione di genere; interventi
sexual-health: Salute sessuale; malattie sessualmente trasmissibili; test; contraccezione; sesso sicuro
hiv-and-prep: HIV e PrEP; vivere con l’HIV; AIDS; prevenzione
disability-and-illness: Disabilità e malattie croniche; malattia cronica; accessibilità; neurodivergenza; autismo; ADHD
recovery: Uscire dalle dipendenze; dipendenza; alcol; droghe; sobrietà; smettere di fumare
fitness-and-movement: Sport e movimento; ginnastica; allenamento; palestra; corsa
ageing: Invecchiare; terza età; vecchiaia; persone anziane

[family] Coming out e famiglia; famiglia
coming-out: Coming out; dirlo agli altri; uscire allo scoperto; fare coming out
family-talks: Parlare in famiglia; genitori; fratelli e sorelle; parenti; rifiuto
chosen-family: Famiglia scelta; famiglia d’elezione; appartenenza
faith-and-identity: Fede e identità; religione; spiritualità; chiesa; moschea
exploring-gender: Esplorare il genere; identità di genere; non binario; trans; intersex
exploring-orientation: Esplorare l’orientamento; orientamento sessuale; bisessualità; lesbica; gay; asessualità
support-for-families: Per famiglie e alleati; genitori di figli queer; persone alleate
leaving-home: Andare via di casa; vivere da soli; indipendenza

[rights] Diritti; legge
legal-rights: I tuoi diritti; diritto; consulenza legale; avvocati; giustizia
migration-and-asylum: Migrazione e asilo; rifugiati; immigrazione; visto; permesso di soggiorno
name-and-gender-change: Cambiare nome e genere nei documenti; rettifica anagrafica; documenti; nome anagrafico
discrimination: Discriminazione; parità; omofobia; transfobia; razzismo; denuncia
rights-at-work: Diritti sul lavoro; diritto del lavoro; contratto; sindacato; licenziamento
housing: Casa e affitto; affittare; appartamento; alloggio; senza dimora; rifugio
marriage-and-partnership: Matrimonio e unioni; nozze; unione civile; divorzio; eredità
dealing-with-authorities: Rapporti con gli uffici; burocrazia; moduli; pratiche; lettere ufficiali

[safety] Sicurezza; protezione
digital-security: Sicurezza digitale; sicurezza informatica; password; cifratura; telefono sicuro
personal-safety: Sicurezza personale; autodifesa; sicurezza per strada; piano di sicurezza
online-privacy: Privacy in rete; protezione dei dati; anonimato; tracciamento
safer-dating: Incontri più sicuri; app di incontri; primo incontro; falsi profili; trappole
harassment: Odio e molestie; stalking; bullismo; discorsi d’odio; crimini d’odio; cyberbullismo
blackmail-and-outing: Ricatti e outing; estorsione; minacce; ricatto sessuale
leaving-violence: Uscire dalla violenza; violenza domestica; maltrattamenti; matrimonio forzato
travel-safety: Viaggiare in sicurezza; viaggi; confini; paesi sicuri

[languages] Lingue; lingua
language-practice: Praticare una lingua; conversazione; tandem; scambio linguistico; parlare
sign-language: Lingua dei segni; LIS; segnare; cultura sorda
learning-english: Imparare l’inglese; inglese; lezioni di inglese
language-of-the-country: La lingua di un nuovo paese; italiano per stranieri; lingua locale; corso di lingua
translation: Traduzione e interpretariato; tradurre; interprete; sottotitoli
literacy: Leggere e scrivere; alfabetizzazione; alfabeto; ortografia
language-exams: Esami di lingua; certificato di lingua; certificazione linguistica; test di cittadinanza
public-speaking: Parlare in pubblico; retorica; uso della voce; presentazioni; paura del palco

[arts] Arti; arte; lavoro creativo
music: Musica; strumenti; chitarra; pianoforte; comporre
writing: Scrittura; scrivere; poesia; racconti; giornalismo
visual-arts: Arti visive; disegno; pittura; illustrazione; fumetto; scultura
photography: Fotografia; foto; macchina fotografica; ritratti
film-and-video: Cinema e video; fare film; montaggio; documentario; animazione
theatre: Teatro; recitazione; palcoscenico; improvvisazione
dance: Danza; ballo; ballare; coreografia
singing: Canto; cantare; coro; voce

[crafts] Mestieri e manualità; mestieri; artigianato; lavori manuali
sewing: Cucito; sartoria; rammendo; cucire; moda
cooking: Cucina; cucinare; ricette; dolci; cibo
repairs: Riparazioni; aggiustare; fai da te; idraulica; impianti elettrici
woodwork: Lavorare il legno; falegnameria; mobili
gardening: Giardinaggio; giardino; piante; orto; balcone
hair-and-make-up: Capelli e trucco; parrucchiere; taglio di capelli; cosmetici; bellezza
knitting: Maglia e uncinetto; lavoro a maglia; filato; ricamo; tessitura
driving: Imparare a guidare; patente; automobile; bicicletta

[technology] Tecnologia; informatica; computer
programming: Programmazione; programmare; codice; sviluppo software
everyday-technology: Tecnologia di tutti i giorni; smartphone; usare il computer; posta elettronica; internet
web-design: Fare siti web; siti; sviluppo web; blog
spreadsheets: Fogli di calcolo e dati; Excel; statistica; basi di dati; analisi dei dati
graphic-design: Grafica; impaginazione; logo; manifesti; tipografia
computer-repair: Riparare computer; hardware; riparare il telefono; portatile
free-software: Software libero; codice aperto; Linux
making-games: Creare giochi; videogiochi; giochi di ruolo; progettare giochi

[education] Istruzione; scuola; formazione
study-skills: Imparare a studiare; compiti; concentrazione; appunti; ripetizioni
university: Università; laurea; tesi; dottorato; studi superiori
exams: Esami; verifiche; ripasso; ansia da esame; maturità
scholarships: Borse di studio; sussidi allo studio; prestito d’onore; tasse universitarie
mathematics: Matematica; algebra; geometria; analisi
science: Scienze; fisica; chimica; biologia; ricerca
vocational-training: Formazione professionale; apprendistato; tirocinio; scuola professionale
teaching: Insegnare; lezioni; pedagogia; fare da mentore; laboratori

[organising] Organizzarsi; lavoro di comunità
community-organising: Organizzarsi insieme; costruire comunità; centro queer; gruppi locali; fare rete
events-and-fundraising: Eventi e raccolte fondi; donazioni; pride; festival
activism: Attivismo; campagne; protesta; manifestazione; politica
volunteering: Volontariato; dare una mano; mutuo aiuto
facilitating-groups: Condurre gruppi; facilitazione; moderare; riunioni; conflitti nei gruppi
peer-support: Sostegno tra pari; gruppo di sostegno; auto mutuo aiuto; ascolto
media-and-campaigns: Media e campagne; stampa; reti sociali; comunicazione; podcast
running-an-association: Gestire un’associazione; non profit; terzo settore; direttivo; bandi

[history] Storia e cultura; storia LGBTQ+
queer-history: Storia queer; storia LGBT; storia gay; storia lesbica; Stonewall
queer-culture: Cultura queer; cultura LGBT; comunità queer; simboli; gergo
drag: Drag; drag queen; drag king; trucco drag
queer-literature: Letteratura queer; libri queer; gruppo di lettura; poesia queer
queer-cinema: Cinema queer; film queer; cineforum; serie
oral-history: Storia orale; memorie; racconti di vita; archivio
trans-history: Storia trans; storia transgender; genere in altre epoche e culture
ballroom: Ballroom e voguing; vogue; ball

[relationships] Amore e amicizia; genitorialità e relazioni
relationships: Relazioni; coppia; rapporto; amore; comunicazione di coppia
parenting: Crescere figli; genitorialità; bambini; famiglie arcobaleno; adolescenti
dating: Conoscere persone; appuntamenti; corteggiamento; innamorarsi
friendship: Amicizia; fare amicizia; amici; vita sociale
break-ups: Separazioni; lasciarsi; cuore spezzato; gelosia
starting-a-family: Diventare genitori; adozione; affido; donatore; fecondazione assistita; gravidanza
intimacy: Intimità e sesso; sessualità; consenso; desiderio; piacere
open-relationships: Relazioni aperte; poliamore; non monogamia
`
