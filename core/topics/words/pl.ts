/** Of core/topics/words.ts, which says how it is read. */
export const pl = `
[work] Praca; zatrudnienie; kariera; zawód
career-guidance: Doradztwo zawodowe; porady zawodowe; rozwój zawodowy; wybór zawodu
job-search: Szukanie pracy; znaleźć pracę; bezrobocie; oferty pracy
job-interviews: Rozmowy kwalifikacyjne; rozmowa o pracę; przygotowanie do rozmowy
cv-and-letters: CV i listy; życiorys; list motywacyjny; podanie o pracę
out-at-work: Otwartość w pracy; coming out w pracy
workplace-conflict: Konflikty w pracy; mobbing; trudny szef; współpracownicy
leadership: Kierowanie ludźmi; przywództwo; zarządzanie; prowadzenie zespołu
career-change: Zmiana zawodu; przekwalifikowanie; nowy początek w pracy

[money] Pieniądze; finanse; gospodarka
budgeting: Gospodarowanie pieniędzmi; budżet domowy; wydatki; dotrwać do pierwszego
self-employment: Praca na własny rachunek; samozatrudnienie; wolny zawód; freelancing
debt: Wychodzenie z długów; długi; pożyczki; kredyty
saving: Oszczędzanie; oszczędności; inwestowanie; emerytura z oszczędności
taxes: Podatki; zeznanie podatkowe; księgowość; PIT
starting-a-business: Zakładanie firmy; działalność gospodarcza; przedsiębiorczość; spółdzielnia
negotiating-pay: Negocjowanie płacy; wynagrodzenie; pensja; podwyżka
social-benefits: Zasiłki i wsparcie; pomoc społeczna; świadczenia; ubezpieczenie społeczne

[well-being] Dobrostan; samopoczucie
self-care: Troska o siebie; dbanie o siebie; czas dla siebie
mental-well-being: Dobrostan psychiczny; zdrowie psychiczne; lęk; depresja; psychologia; terapia
stress-and-burnout: Stres i wypalenie; wyczerpanie; przepracowanie; presja
loneliness: Samotność; izolacja; bycie samemu
grief: Żałoba; strata; utrata bliskiej osoby
meditation: Medytacja; uważność; oddech; joga
sleep-and-rest: Sen i odpoczynek; bezsenność; spanie; relaks
self-esteem: Poczucie własnej wartości; pewność siebie; obraz ciała; wstyd; duma

[health] Zdrowie; medycyna
health-navigation: Poruszanie się w ochronie zdrowia; lekarze; szpital; ubezpieczenie zdrowotne; wizyta u lekarza
transition-care: Opieka w tranzycji; hormony; terapia hormonalna; korekta płci; operacja
sexual-health: Zdrowie seksualne; choroby przenoszone drogą płciową; testy; antykoncepcja; bezpieczny seks
hiv-and-prep: HIV i PrEP; życie z HIV; AIDS; profilaktyka
disability-and-illness: Niepełnosprawność i choroba przewlekła; dostępność; neuroróżnorodność; autyzm; ADHD
recovery: Wychodzenie z uzależnień; uzależnienie; alkohol; narkotyki; trzeźwość; rzucanie palenia
fitness-and-movement: Sport i ruch; ćwiczenia; trening; siłownia; bieganie
ageing: Starzenie się; starość; osoby starsze; seniorzy

[family] Coming out i rodzina; rodzina
coming-out: Coming out; powiedzieć innym; ujawnienie się; wyjście z szafy
family-talks: Rozmowy w rodzinie; rodzice; rodzeństwo; krewni; odrzucenie
chosen-family: Rodzina z wyboru; przynależność
faith-and-identity: Wiara i tożsamość; religia; duchowość; kościół; meczet
exploring-gender: Odkrywanie płci; tożsamość płciowa; niebinarność; trans; interpłciowość
exploring-orientation: Odkrywanie orientacji; orientacja seksualna; biseksualność; lesbijka; gej; aseksualność
support-for-families: Dla rodzin i sojuszników; rodzice osób queer; sojusznicy
leaving-home: Wyprowadzka z domu; samodzielne życie; niezależność

[rights] Prawa; prawo
legal-rights: Twoje prawa; porady prawne; adwokat; sprawiedliwość
migration-and-asylum: Migracja i azyl; uchodźcy; imigracja; wiza; karta pobytu
name-and-gender-change: Zmiana imienia i oznaczenia płci; uzgodnienie płci; dokumenty; imię w dokumentach
discrimination: Dyskryminacja; równość; homofobia; transfobia; rasizm; skarga
rights-at-work: Prawa w pracy; prawo pracy; umowa; związki zawodowe; zwolnienie
housing: Mieszkanie i najem; wynajem; czynsz; bezdomność; schronisko
marriage-and-partnership: Małżeństwo i związki partnerskie; ślub; rozwód; spadek
dealing-with-authorities: Sprawy urzędowe; urzędy; formularze; biurokracja; pisma urzędowe

[safety] Bezpieczeństwo; ochrona
digital-security: Bezpieczeństwo cyfrowe; cyberbezpieczeństwo; hasła; szyfrowanie; bezpieczny telefon
personal-safety: Bezpieczeństwo osobiste; samoobrona; plan bezpieczeństwa
online-privacy: Prywatność w sieci; ochrona danych; anonimowość; śledzenie
safer-dating: Bezpieczniejsze randki; aplikacje randkowe; pierwsze spotkanie; fałszywe profile; zasadzki
harassment: Nienawiść i nękanie; stalking; prześladowanie; mowa nienawiści; przestępstwa z nienawiści; cyberprzemoc
blackmail-and-outing: Szantaż i outing; wymuszenie; groźby
leaving-violence: Wyjście z przemocy; przemoc domowa; znęcanie się; przymusowe małżeństwo
travel-safety: Bezpieczne podróże; podróżowanie; granice; bezpieczne kraje

[languages] Języki; język
language-practice: Ćwiczenie języka; konwersacje; tandem; wymiana językowa; mówienie
sign-language: Język migowy; PJM; miganie; kultura głuchych
learning-english: Nauka angielskiego; angielski; lekcje angielskiego
language-of-the-country: Język nowego kraju; polski dla obcokrajowców; język lokalny; kurs językowy
translation: Tłumaczenie; tłumacz; przekład; napisy
literacy: Czytanie i pisanie; alfabetyzacja; alfabet; ortografia
language-exams: Egzaminy językowe; certyfikat językowy; test poziomujący; egzamin na obywatelstwo
public-speaking: Wystąpienia publiczne; retoryka; emisja głosu; prezentacje; trema

[arts] Sztuka; twórczość
music: Muzyka; instrumenty; gitara; pianino; komponowanie
writing: Pisanie twórcze; poezja; opowiadania; dziennikarstwo
visual-arts: Sztuki wizualne; rysunek; malarstwo; ilustracja; komiks; rzeźba
photography: Fotografia; zdjęcia; aparat; portrety
film-and-video: Film i wideo; kręcenie filmów; montaż; film dokumentalny; animacja
theatre: Teatr; aktorstwo; scena; improwizacja
dance: Taniec; tańczenie; choreografia
singing: Śpiew; śpiewanie; chór; głos

[crafts] Rzemiosło i umiejętności praktyczne; rękodzieło
sewing: Szycie; krawiectwo; cerowanie; moda
cooking: Gotowanie; kuchnia; przepisy; pieczenie; jedzenie
repairs: Naprawy; naprawianie; majsterkowanie; hydraulika; elektryka
woodwork: Stolarka; praca w drewnie; meble
gardening: Ogrodnictwo; ogród; rośliny; warzywa; balkon
hair-and-make-up: Włosy i makijaż; fryzjerstwo; strzyżenie; kosmetyki; uroda
knitting: Druty i szydełko; dzierganie; włóczka; haft
driving: Nauka jazdy; prawo jazdy; samochód; rower

[technology] Technika; technologia; informatyka; komputery
programming: Programowanie; kodowanie; tworzenie oprogramowania
everyday-technology: Technika na co dzień; smartfon; obsługa komputera; poczta elektroniczna; internet
web-design: Tworzenie stron; strony internetowe; projektowanie stron; blog
spreadsheets: Arkusze i dane; Excel; statystyka; bazy danych; analiza danych
graphic-design: Grafika; projektowanie graficzne; skład; logo; plakaty; typografia
computer-repair: Naprawa komputerów; sprzęt; naprawa telefonu; laptop
free-software: Wolne oprogramowanie; otwarty kod; Linux
making-games: Tworzenie gier; gry wideo; gry fabularne; projektowanie gier

[education] Edukacja; szkoła; nauka
study-skills: Jak się uczyć; prace domowe; koncentracja; notatki; korepetycje
university: Uniwersytet; studia; praca dyplomowa; doktorat; uczelnia
exams: Egzaminy; sprawdziany; powtórki; stres przed egzaminem; matura
scholarships: Stypendia; stypendium; kredyt studencki; dofinansowanie studiów
mathematics: Matematyka; algebra; geometria; analiza matematyczna
science: Nauki przyrodnicze; fizyka; chemia; biologia; badania
vocational-training: Szkolenie zawodowe; nauka zawodu; staż; praktyki; szkoła zawodowa
teaching: Uczenie innych; lekcje; pedagogika; mentoring; warsztaty

[organising] Organizowanie się; praca społeczna
community-organising: Wspólne działanie; budowanie społeczności; centrum queer; grupy lokalne; sieciowanie
events-and-fundraising: Wydarzenia i zbiórki; darowizny; marsz równości; festiwal
activism: Aktywizm; kampanie; protest; demonstracja; polityka
volunteering: Wolontariat; pomaganie; pomoc wzajemna
facilitating-groups: Prowadzenie grup; facylitacja; moderowanie; spotkania; konflikty w grupie
peer-support: Wsparcie rówieśnicze; grupa wsparcia; samopomoc; słuchanie
media-and-campaigns: Media i kampanie; prasa; media społecznościowe; komunikacja; podkast
running-an-association: Prowadzenie stowarzyszenia; organizacja pozarządowa; fundacja; zarząd; granty

[history] Historia i kultura; historia LGBTQ+
queer-history: Historia queer; historia LGBT; historia gejów; historia lesbijek; Stonewall
queer-culture: Kultura queer; kultura LGBT; społeczność queer; symbole; slang
drag: Drag; drag queen; drag king; makijaż drag
queer-literature: Literatura queer; książki queer; klub książki; poezja queer
queer-cinema: Kino queer; filmy queer; klub filmowy; seriale
oral-history: Historia mówiona; wspomnienia; historie życia; archiwum
trans-history: Historia osób trans; historia transpłciowości; płeć w innych epokach i kulturach
ballroom: Ballroom i voguing; vogue; bale

[relationships] Miłość i przyjaźń; rodzicielstwo i związki
relationships: Związki; para; relacje; miłość; porozumienie w związku
parenting: Wychowywanie dzieci; rodzicielstwo; dzieci; tęczowe rodziny; nastolatki
dating: Poznawanie ludzi; randki; flirt; zakochanie
friendship: Przyjaźń; znajdowanie przyjaciół; przyjaciele; życie towarzyskie
break-ups: Rozstania; rozstanie; złamane serce; zazdrość
starting-a-family: Zostać rodzicami; adopcja; rodzina zastępcza; dawca; in vitro; ciąża
intimacy: Bliskość i seks; seksualność; zgoda; pragnienie; przyjemność
open-relationships: Związki otwarte; poliamoria; niemonogamia
`
