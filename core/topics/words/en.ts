/** Of core/topics/words.ts, which says how it is read. */
export const en = `
[work] Work; job; career; profession
career-guidance: Career guidance; career advice; career mentoring; professional development
job-search: Finding a job; job hunting; looking for work; unemployment; vacancies
job-interviews: Job interviews; interview practice; interview preparation
cv-and-letters: CV and letters; résumé; curriculum vitae; cover letter; application
out-at-work: Being out at work; openness at work; queer at work
workplace-conflict: Conflict at work; bullying at work; mobbing; difficult boss; colleagues
leadership: Leading people; leadership; management; running a team
career-change: A new start at work; changing careers; retraining; starting over

[money] Money; finances; economy
budgeting: Budgeting; household money; making ends meet; personal finance
self-employment: Working for yourself; freelancing; freelance; self-employed
debt: Getting out of debt; debts; loans; owing money; credit
saving: Saving; putting money aside; investing; pension
taxes: Taxes; tax return; accounting; bookkeeping
starting-a-business: Starting a business; company; entrepreneurship; small business; cooperative
negotiating-pay: Negotiating pay; salary; wages; a raise
social-benefits: Benefits and support; welfare; social security; allowances; state aid

[well-being] Well-being; wellness
self-care: Self-care; looking after yourself; taking care of yourself; wellness
mental-well-being: Mental well-being; mental health; anxiety; depression; psychology; therapy
stress-and-burnout: Stress and burnout; exhaustion; overwork; pressure
loneliness: Loneliness; being alone; isolation; solitude
grief: Grief; mourning; bereavement; losing someone
meditation: Meditation; mindfulness; breathing; yoga
sleep-and-rest: Sleep and rest; insomnia; sleeping; relaxation
self-esteem: Self-esteem; confidence; self-worth; body image; shame; pride

[health] Health; medicine
health-navigation: Finding your way in health care; doctors; hospital; health insurance; medical appointments
transition-care: Care in transition; hormones; gender-affirming care; HRT; surgery; transitioning
sexual-health: Sexual health; STI; testing; contraception; safer sex
hiv-and-prep: HIV and PrEP; living with HIV; AIDS; PEP; prevention
disability-and-illness: Disability and long illness; chronic illness; accessibility; neurodiversity; autism; ADHD
recovery: Recovery; addiction; alcohol; drugs; sobriety; quitting smoking
fitness-and-movement: Fitness and movement; sport; exercise; training; gym; running
ageing: Growing older; ageing; old age; older people; retirement

[family] Coming out and family; family
coming-out: Coming out; telling people; being open; in the closet
family-talks: Talking with family; parents; siblings; relatives; rejection
chosen-family: Chosen family; found family; belonging
faith-and-identity: Faith and identity; religion; spirituality; church; mosque; synagogue
exploring-gender: Exploring gender; gender identity; non-binary; trans; questioning; intersex
exploring-orientation: Exploring orientation; sexual orientation; bisexual; lesbian; gay; asexual
support-for-families: For families and allies; parents of queer children; allies; relatives of trans people
leaving-home: Leaving home; moving out; living alone; independence

[rights] Rights; law
legal-rights: Your rights; law; legal advice; lawyers; justice
migration-and-asylum: Migration and asylum; refugees; immigration; visa; residence permit
name-and-gender-change: Changing name and gender marker; legal gender recognition; documents; legal name
discrimination: Discrimination; equality; homophobia; transphobia; racism; complaint
rights-at-work: Rights at work; labour law; contracts; trade unions; dismissal
housing: Housing and renting; rent; flat; landlord; homelessness; shelter
marriage-and-partnership: Marriage and partnership; wedding; civil union; divorce; inheritance
dealing-with-authorities: Dealing with authorities; paperwork; forms; bureaucracy; official letters

[safety] Safety; security
digital-security: Digital security; cybersecurity; passwords; encryption; phone security; hacking
personal-safety: Personal safety; self-defence; safety planning; street safety
online-privacy: Privacy online; data protection; anonymity; social media privacy; tracking
safer-dating: Safer dating; dating app safety; first meetings; catfishing; entrapment
harassment: Hate and harassment; stalking; bullying; hate speech; hate crime; cyberbullying
blackmail-and-outing: Blackmail and outing; extortion; sextortion; threats; being outed
leaving-violence: Getting away from violence; domestic violence; abuse; forced marriage; honour violence
travel-safety: Travelling safely; travel; border crossing; safe countries

[languages] Languages; language
language-practice: Practising a language; conversation practice; tandem; language exchange; speaking
sign-language: Sign language; signing; deaf culture
learning-english: Learning English; English lessons; English conversation; ESL
language-of-the-country: The language of a new country; language for newcomers; local language; integration course
translation: Translation and interpreting; translator; interpreter; subtitles
literacy: Reading and writing; literacy; alphabet; spelling; learning to read
language-exams: Language exams; language certificate; proficiency test; citizenship test
public-speaking: Speaking in public; rhetoric; voice training; presentations; stage fright

[arts] Arts; creative work; art
music: Music; instruments; guitar; piano; composing; DJ
writing: Writing; poetry; fiction; stories; journalism; zines
visual-arts: Visual arts; drawing; painting; illustration; comics; sculpture
photography: Photography; photos; camera; portraits
film-and-video: Film and video; filmmaking; editing video; documentary; animation
theatre: Theatre; acting; stage; performance; improvisation
dance: Dance; dancing; choreography; ballet
singing: Singing; choir; vocals; voice

[crafts] Crafts and practical skills; handicraft; hands-on
sewing: Sewing; tailoring; mending clothes; dressmaking; fashion
cooking: Cooking; recipes; kitchen; baking; food
repairs: Repairs; fixing things; DIY; plumbing; electrics; home maintenance
woodwork: Woodwork; carpentry; furniture; joinery
gardening: Gardening; garden; plants; growing vegetables; balcony
hair-and-make-up: Hair and make-up; hairdressing; haircut; cosmetics; beauty; style
knitting: Knitting and crochet; yarn; weaving; embroidery
driving: Learning to drive; driving licence; car; cycling; bicycle

[technology] Technology; computers; IT
programming: Programming; coding; software development; Python; JavaScript
everyday-technology: Everyday technology; smartphone; computer basics; email; internet basics
web-design: Making websites; web design; web development; blog; HTML
spreadsheets: Spreadsheets and data; Excel; statistics; databases; data analysis
graphic-design: Graphic design; layout; logo; posters; typography
computer-repair: Repairing computers; hardware; phone repair; laptop
free-software: Free software; open source; Linux; self-hosting
making-games: Making games; game design; video games; role-playing games

[education] Education; school; learning
study-skills: Learning to study; homework; concentration; note-taking; tutoring
university: University; college; higher education; degree; thesis; PhD
exams: Exams; tests; revision; exam nerves; school leaving certificate
scholarships: Scholarships; grants; student loans; funding for studies
mathematics: Mathematics; maths; algebra; geometry; calculus
science: Science; physics; chemistry; biology; research
vocational-training: Vocational training; apprenticeship; internship; trade school
teaching: Teaching others; lessons; pedagogy; mentoring; workshops

[organising] Organising; community work
community-organising: Organising together; community building; queer centre; local groups; networking
events-and-fundraising: Events and fundraising; donations; pride parade; festival; crowdfunding
activism: Activism; campaigning; protest; demonstration; advocacy; politics
volunteering: Volunteering; volunteer work; helping out; mutual aid
facilitating-groups: Leading groups; facilitation; moderation; meetings; conflict in groups
peer-support: Peer support; support group; self-help group; listening; counselling
media-and-campaigns: Media and campaigns; press; social media; public relations; podcast
running-an-association: Running an association; nonprofit; NGO; board; grants for projects

[history] History and culture; LGBTQ+ history
queer-history: Queer history; LGBT history; gay history; lesbian history; Stonewall
queer-culture: Queer culture; LGBT culture; queer community; symbols; slang
drag: Drag; drag queen; drag king; drag make-up; lip sync
queer-literature: Queer literature; queer books; reading group; queer poetry
queer-cinema: Queer cinema; queer films; film club; series
oral-history: Oral history; memories; life stories; archive; interviews with elders
trans-history: Trans history; transgender history; gender in other times and cultures
ballroom: Ballroom and voguing; vogue; balls; houses

[relationships] Love and friendship; parenting and relationships
relationships: Relationships; couple; partnership; love; communication in couples
parenting: Parenting; raising children; kids; rainbow families; adolescents
dating: Dating; meeting people; flirting; falling in love; dating apps
friendship: Friendship; making friends; friends; social life
break-ups: Break-ups; separation; divorce with children; heartbreak; jealousy
starting-a-family: Becoming parents; adoption; fostering; donor; IVF; surrogacy; pregnancy
intimacy: Intimacy and sex; sexuality; consent; desire; pleasure
open-relationships: Open relationships; polyamory; non-monogamy
`
