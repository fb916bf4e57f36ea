/** Of core/topics/words.ts, which says how it is read. */
export const pt = `
[work] Trabalho; emprego; carreira; profissão
career-guidance: Orientação profissional; conselhos de carreira; desenvolvimento profissional
job-search: Encontrar emprego; procurar trabalho; desemprego; vagas
job-interviews: Entrevistas de emprego; entrevista; preparar a entrevista
cv-and-letters: Currículo e cartas; CV; carta de apresentação; candidatura
out-at-work: Visibilidade no trabalho; sair do armário no trabalho
workplace-conflict: Conflitos no trabalho; assédio moral; chefe difícil; colegas de trabalho
leadership: Liderar pessoas; liderança; gestão; coordenar uma equipe
career-change: Mudar de profissão; requalificação; recomeçar; nova carreira

[money] Dinheiro; finanças; economia
budgeting: Gerir o dinheiro; orçamento; chegar ao fim do mês; despesas
self-employment: Trabalhar por conta própria; trabalho autônomo; trabalhador independente; freelance
debt: Sair das dívidas; dívida; empréstimos; crédito
saving: Poupar; poupança; investir; aposentadoria
taxes: Impostos; declaração de impostos; contabilidade; imposto de renda
starting-a-business: Abrir um negócio; empresa; empreendedorismo; cooperativa
negotiating-pay: Negociar o salário; remuneração; aumento; ordenado
social-benefits: Apoios e benefícios; assistência social; segurança social; auxílios

[well-being] Bem-estar; sentir-se bem
self-care: Autocuidado; cuidar de si; cuidado de si; tempo para si
mental-well-being: Bem-estar mental; saúde mental; ansiedade; depressão; psicologia; terapia
stress-and-burnout: Estresse e esgotamento; burnout; excesso de trabalho; pressão
loneliness: Solidão; isolamento; sentir-se só
grief: Luto; perda; perder alguém
meditation: Meditação; atenção plena; respiração; ioga
sleep-and-rest: Sono e descanso; insônia; dormir; relaxamento
self-esteem: Autoestima; confiança; imagem corporal; vergonha; orgulho

[health] Saúde; medicina
health-navigation: Orientar-se na saúde; médicos; hospital; plano de saúde; consulta médica
transition-care: Cuidados na transição; hormônios; terapia hormonal; afirmação de gênero; cirurgia
sexual-health: Saúde sexual; infecções sexualmente transmissíveis; testagem; contracepção; sexo seguro
hiv-and-prep: HIV e PrEP; viver com HIV; aids; prevenção
disability-and-illness: Deficiência e doença crônica; acessibilidade; neurodivergência; autismo; TDAH
recovery: Sair das dependências; dependência; álcool; drogas; sobriedade; parar de fumar
fitness-and-movement: Esporte e movimento; exercício; treino; academia; corrida
ageing: Envelhecer; velhice; pessoas idosas; terceira idade

[family] Sair do armário e família; família
coming-out: Sair do armário; assumir-se; contar aos outros
family-talks: Falar com a família; pais; irmãos; parentes; rejeição
chosen-family: Família escolhida; pertencimento
faith-and-identity: Fé e identidade; religião; espiritualidade; igreja; mesquita
exploring-gender: Explorar o gênero; identidade de gênero; não binário; trans; intersexo
exploring-orientation: Explorar a orientação; orientação sexual; bissexual; lésbica; gay; assexual
support-for-families: Para famílias e aliados; pais de filhos queer; pessoas aliadas
leaving-home: Sair de casa; morar sozinho; independência

[rights] Direitos; lei
legal-rights: Os seus direitos; direito; apoio jurídico; advogados; justiça
migration-and-asylum: Migração e asilo; refugiados; imigração; visto; autorização de residência
name-and-gender-change: Mudar nome e gênero nos documentos; retificação; registro civil; nome social
discrimination: Discriminação; igualdade; homofobia; transfobia; racismo; denúncia
rights-at-work: Direitos no trabalho; direito do trabalho; contrato; sindicato; demissão
housing: Moradia e aluguel; alugar; apartamento; senhorio; sem-teto; abrigo
marriage-and-partnership: Casamento e união; bodas; união estável; divórcio; herança
dealing-with-authorities: Lidar com repartições; papelada; burocracia; formulários; cartas oficiais

[safety] Segurança; proteção
digital-security: Segurança digital; cibersegurança; senhas; criptografia; segurança do celular
personal-safety: Segurança pessoal; autodefesa; defesa pessoal; plano de segurança
online-privacy: Privacidade na internet; proteção de dados; anonimato; rastreamento
safer-dating: Encontros mais seguros; aplicativos de namoro; primeiro encontro; perfis falsos; armadilhas
harassment: Ódio e assédio; perseguição; bullying; discurso de ódio; crimes de ódio; assédio virtual
blackmail-and-outing: Chantagem e outing; extorsão; ameaças; sextorsão
leaving-violence: Sair da violência; violência doméstica; maus-tratos; casamento forçado
travel-safety: Viajar em segurança; viagens; fronteiras; países seguros

[languages] Línguas; idiomas; língua
language-practice: Praticar uma língua; conversação; tandem; intercâmbio linguístico; falar
sign-language: Língua de sinais; língua gestual; Libras; cultura surda
learning-english: Aprender inglês; inglês; aulas de inglês
language-of-the-country: A língua de um novo país; português para estrangeiros; língua local; curso de língua
translation: Tradução e interpretação; traduzir; intérprete; legendas
literacy: Ler e escrever; alfabetização; alfabeto; ortografia
language-exams: Exames de língua; certificado de língua; teste de proficiência; teste de cidadania
public-speaking: Falar em público; oratória; treino da voz; apresentações; medo do palco

[arts] Artes; arte; trabalho criativo
music: Música; instrumentos; violão; piano; compor
writing: Escrita; escrever; poesia; contos; jornalismo
visual-arts: Artes visuais; desenho; pintura; ilustração; quadrinhos; escultura
photography: Fotografia; fotos; câmera; retratos
film-and-video: Cinema e vídeo; fazer filmes; edição de vídeo; documentário; animação
theatre: Teatro; atuação; palco; improvisação
dance: Dança; dançar; coreografia
singing: Canto; cantar; coral; voz

[crafts] Ofícios e habilidades práticas; artesanato; trabalhos manuais
sewing: Costura; costurar; alfaiataria; remendar; moda
cooking: Cozinha; cozinhar; receitas; confeitaria; comida
repairs: Consertos; consertar; faça você mesmo; encanamento; eletricidade
woodwork: Marcenaria; trabalhar a madeira; móveis
gardening: Jardinagem; jardim; plantas; horta; varanda
hair-and-make-up: Cabelo e maquiagem; cabeleireiro; corte de cabelo; cosméticos; beleza
knitting: Tricô e crochê; tricotar; lã; bordado
driving: Aprender a dirigir; carteira de motorista; carro; bicicleta

[technology] Tecnologia; informática; computadores
programming: Programação; programar; código; desenvolvimento de software
everyday-technology: Tecnologia do dia a dia; celular; usar o computador; e-mail; internet
web-design: Criar sites; web design; desenvolvimento web; blog
spreadsheets: Planilhas e dados; Excel; estatística; bancos de dados; análise de dados
graphic-design: Design gráfico; diagramação; logotipo; cartazes; tipografia
computer-repair: Consertar computadores; hardware; consertar o celular; notebook
free-software: Software livre; código aberto; Linux
making-games: Criar jogos; videogames; jogos de interpretação; design de jogos

[education] Educação; escola; aprendizagem
study-skills: Aprender a estudar; lição de casa; concentração; anotações; aulas particulares
university: Universidade; faculdade; tese; doutorado; ensino superior
exams: Exames; provas; revisão; nervosismo nas provas; vestibular
scholarships: Bolsas de estudo; bolsa; crédito estudantil; apoio aos estudos
mathematics: Matemática; álgebra; geometria; cálculo
science: Ciências; física; química; biologia; pesquisa
vocational-training: Formação profissional; aprendiz; estágio; escola técnica
teaching: Ensinar; aulas; pedagogia; mentoria; oficinas

[organising] Organizar-se; trabalho comunitário
community-organising: Organizar-se em comunidade; criar comunidade; centro queer; grupos locais; redes
events-and-fundraising: Eventos e angariação de fundos; doações; parada do orgulho; festival
activism: Ativismo; campanhas; protesto; manifestação; política
volunteering: Voluntariado; ajudar; ajuda mútua
facilitating-groups: Conduzir grupos; facilitação; moderar; reuniões; conflitos em grupos
peer-support: Apoio entre pares; grupo de apoio; ajuda entre iguais; escuta
media-and-campaigns: Mídia e campanhas; imprensa; redes sociais; comunicação; podcast
running-an-association: Gerir uma associação; sem fins lucrativos; ONG; diretoria; editais

[history] História e cultura; história LGBTQ+
queer-history: História queer; história LGBT; história gay; história lésbica; Stonewall
queer-culture: Cultura queer; cultura LGBT; comunidade queer; símbolos; gíria
drag: Drag; drag queen; drag king; maquiagem drag; transformismo
queer-literature: Literatura queer; livros queer; clube de leitura; poesia queer
queer-cinema: Cinema queer; filmes queer; cineclube; séries
oral-history: História oral; memórias; relatos de vida; arquivo
trans-history: História trans; história transgênero; gênero em outras épocas e culturas
ballroom: Ballroom e voguing; vogue; balls

[relationships] Amor e amizade; parentalidade e relações
relationships: Relacionamentos; casal; relação; amor; comunicação do casal
parenting: Criar filhos; parentalidade; crianças; famílias arco-íris; adolescentes
dating: Conhecer pessoas; namoro; paquera; apaixonar-se
friendship: Amizade; fazer amigos; amigos; vida social
break-ups: Separações; rompimento; coração partido; ciúme
starting-a-family: Tornar-se pais; adoção; acolhimento; doador; fertilização; gravidez
intimacy: Intimidade e sexo; sexualidade; consentimento; desejo; prazer
open-relationships: Relações abertas; poliamor; não monogamia
`
