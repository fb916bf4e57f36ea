/** Of core/topics/words.ts, which says how it is read. */
export const es = `
[work] Trabajo; empleo; carrera; profesión
career-guidance: Orientación profesional; consejos de carrera; desarrollo profesional
job-search: Buscar trabajo; encontrar empleo; desempleo; paro; ofertas de empleo
job-interviews: Entrevistas de trabajo; entrevista; preparar la entrevista
cv-and-letters: Currículum y cartas; CV; carta de presentación; solicitud
out-at-work: Visibilidad en el trabajo; salir del armario en el trabajo
workplace-conflict: Conflictos en el trabajo; acoso laboral; jefe difícil; compañeros de trabajo
leadership: Dirigir personas; liderazgo; gestión; coordinar un equipo
career-change: Cambiar de profesión; reciclaje profesional; empezar de nuevo; nueva carrera

[money] Dinero; finanzas; economía
budgeting: Administrar el dinero; presupuesto; llegar a fin de mes; gastos
self-employment: Trabajar por cuenta propia; trabajo autónomo; autónomos; freelance
debt: Salir de las deudas; deuda; préstamos; crédito
saving: Ahorrar; ahorro; invertir; inversión; pensión
taxes: Impuestos; declaración de la renta; contabilidad; hacienda
starting-a-business: Crear una empresa; negocio; emprendimiento; emprender; cooperativa
negotiating-pay: Negociar el sueldo; salario; aumento; nómina
social-benefits: Ayudas y prestaciones; asistencia social; seguridad social; subsidios

[well-being] Bienestar; sentirse bien
self-care: Autocuidado; cuidarse; cuidado personal; cuidado de sí
mental-well-being: Bienestar mental; salud mental; ansiedad; depresión; psicología; terapia
stress-and-burnout: Estrés y agotamiento; síndrome de desgaste; exceso de trabajo; presión
loneliness: Soledad; aislamiento; sentirse solo
grief: Duelo; pérdida; perder a alguien
meditation: Meditación; atención plena; respiración; yoga
sleep-and-rest: Sueño y descanso; insomnio; dormir; relajación
self-esteem: Autoestima; confianza; imagen corporal; vergüenza; orgullo

[health] Salud; medicina; sanidad
health-navigation: Orientarse en la sanidad; médicos; hospital; seguro médico; cita médica
transition-care: Atención en la transición; hormonas; terapia hormonal; afirmación de género; cirugía
sexual-health: Salud sexual; infecciones de transmisión sexual; pruebas; anticonceptivos; sexo seguro
hiv-and-prep: VIH y PrEP; vivir con VIH; sida; prevención
disability-and-illness: Discapacidad y enfermedad crónica; accesibilidad; neurodivergencia; autismo; TDAH
recovery: Salir de las adicciones; adicción; alcohol; drogas; sobriedad; dejar de fumar
fitness-and-movement: Deporte y movimiento; ejercicio; entrenamiento; gimnasio; correr
ageing: Hacerse mayor; envejecer; vejez; personas mayores; jubilación

[family] Salir del armario y familia; familia
coming-out: Salir del armario; contarlo; visibilidad
family-talks: Hablar con la familia; padres; hermanos; parientes; rechazo
chosen-family: Familia elegida; pertenencia
faith-and-identity: Fe e identidad; religión; espiritualidad; iglesia; mezquita
exploring-gender: Explorar el género; identidad de género; no binario; trans; intersexual
exploring-orientation: Explorar la orientación; orientación sexual; bisexual; lesbiana; gay; asexual
support-for-families: Para familias y aliados; padres de hijos queer; personas aliadas
leaving-home: Irse de casa; independizarse; vivir solo

[rights] Derechos; leyes
legal-rights: Tus derechos; derecho; asesoría legal; abogados; justicia
migration-and-asylum: Migración y asilo; refugiados; inmigración; visado; permiso de residencia
name-and-gender-change: Cambio de nombre y género; documentos; registro civil; nombre legal
discrimination: Discriminación; igualdad; homofobia; transfobia; racismo; denuncia
rights-at-work: Derechos laborales; derecho laboral; contrato; sindicato; despido
housing: Vivienda y alquiler; alquilar; piso; casero; sin hogar; albergue
marriage-and-partnership: Matrimonio y parejas; boda; pareja de hecho; divorcio; herencia
dealing-with-authorities: Trámites; papeleo; burocracia; formularios; cartas oficiales

[safety] Seguridad; protección
digital-security: Seguridad digital; ciberseguridad; contraseñas; cifrado; seguridad del teléfono
personal-safety: Seguridad personal; autodefensa; defensa personal; plan de seguridad
online-privacy: Privacidad en línea; protección de datos; anonimato; rastreo
safer-dating: Citas más seguras; aplicaciones de citas; primera cita; perfiles falsos; trampas
harassment: Odio y acoso; acecho; bullying; discurso de odio; delitos de odio; ciberacoso
blackmail-and-outing: Chantaje y outing; extorsión; amenazas; sextorsión
leaving-violence: Salir de la violencia; violencia doméstica; maltrato; matrimonio forzado
travel-safety: Viajar con seguridad; viajes; fronteras; países seguros

[languages] Idiomas; lenguas; idioma
language-practice: Practicar un idioma; conversación; tándem; intercambio de idiomas; hablar
sign-language: Lengua de signos; lengua de señas; signar; cultura sorda
learning-english: Aprender inglés; inglés; clases de inglés
language-of-the-country: El idioma de un nuevo país; español para extranjeros; lengua local; curso de idioma
translation: Traducción e interpretación; traducir; intérprete; subtítulos
literacy: Leer y escribir; alfabetización; alfabeto; ortografía
language-exams: Exámenes de idiomas; certificado de idioma; prueba de nivel; examen de ciudadanía
public-speaking: Hablar en público; oratoria; voz; presentaciones; miedo escénico

[arts] Artes; arte; trabajo creativo
music: Música; instrumentos; guitarra; piano; componer
writing: Escritura; escribir; poesía; cuentos; periodismo
visual-arts: Artes visuales; dibujo; pintura; ilustración; cómic; escultura
photography: Fotografía; fotos; cámara; retratos
film-and-video: Cine y vídeo; hacer cine; edición de vídeo; documental; animación
theatre: Teatro; actuación; escenario; improvisación
dance: Danza; baile; bailar; coreografía
singing: Canto; cantar; coro; voz cantada

[crafts] Oficios y habilidades prácticas; artesanía; manualidades
sewing: Costura; coser; sastrería; remendar; moda
cooking: Cocina; cocinar; recetas; repostería; comida
repairs: Reparaciones; arreglar cosas; bricolaje; fontanería; electricidad
woodwork: Carpintería; trabajar la madera; muebles
gardening: Jardinería; jardín; plantas; huerto; balcón
hair-and-make-up: Pelo y maquillaje; peluquería; corte de pelo; cosmética; belleza
knitting: Punto y ganchillo; tejer; lana; bordado
driving: Aprender a conducir; carné de conducir; coche; bicicleta

[technology] Tecnología; informática; ordenadores
programming: Programación; programar; código; desarrollo de software
everyday-technology: Tecnología cotidiana; móvil; usar el ordenador; correo electrónico; internet
web-design: Hacer páginas web; diseño web; desarrollo web; blog
spreadsheets: Hojas de cálculo y datos; Excel; estadística; bases de datos; análisis de datos
graphic-design: Diseño gráfico; maquetación; logo; carteles; tipografía
computer-repair: Reparar ordenadores; hardware; reparar el móvil; portátil
free-software: Software libre; código abierto; Linux
making-games: Crear juegos; videojuegos; juegos de rol; diseño de juegos

[education] Educación; escuela; aprendizaje
study-skills: Aprender a estudiar; deberes; concentración; apuntes; clases particulares
university: Universidad; carrera universitaria; tesis; doctorado; estudios superiores
exams: Exámenes; pruebas de clase; repaso; nervios ante el examen; selectividad
scholarships: Becas; ayudas al estudio; préstamo de estudios
mathematics: Matemáticas; álgebra; geometría; cálculo
science: Ciencias; física; química; biología; investigación
vocational-training: Formación profesional; aprendizaje de un oficio; prácticas; escuela profesional
teaching: Enseñar; clases; pedagogía; mentoría; talleres

[organising] Organizarse; trabajo comunitario
community-organising: Organizarse en comunidad; crear comunidad; centro queer; grupos locales; redes
events-and-fundraising: Eventos y recaudación de fondos; donaciones; marcha del orgullo; festival
activism: Activismo; campañas; protesta; manifestación; política
volunteering: Voluntariado; ayudar; apoyo mutuo
facilitating-groups: Dinamizar grupos; facilitación; moderar; reuniones; conflictos de grupo
peer-support: Apoyo entre iguales; grupo de apoyo; autoayuda; escucha
media-and-campaigns: Medios y campañas; prensa; redes sociales; comunicación; pódcast
running-an-association: Llevar una asociación; sin ánimo de lucro; ONG; junta directiva; subvenciones

[history] Historia y cultura; historia LGBTQ+
queer-history: Historia queer; historia LGBT; historia gay; historia lesbiana; Stonewall
queer-culture: Cultura queer; cultura LGBT; comunidad queer; símbolos; jerga
drag: Drag; drag queen; drag king; maquillaje drag; transformismo
queer-literature: Literatura queer; libros queer; club de lectura; poesía queer
queer-cinema: Cine queer; películas queer; cineclub; series
oral-history: Historia oral; memorias; relatos de vida; archivo
trans-history: Historia trans; historia transgénero; género en otras épocas y culturas
ballroom: Ballroom y voguing; vogue; balls

[relationships] Amor y amistad; crianza y relaciones
relationships: Relaciones; pareja; amor; comunicación en pareja
parenting: Criar hijos; crianza; niños; familias arcoíris; adolescentes
dating: Conocer gente; citas; ligar; enamorarse
friendship: Amistad; hacer amigos; amigos; vida social
break-ups: Rupturas; separación; desamor; celos
starting-a-family: Formar una familia; adopción; acogida; donante; reproducción asistida; embarazo
intimacy: Intimidad y sexo; sexualidad; consentimiento; deseo; placer
open-relationships: Relaciones abiertas; poliamor; no monogamia
`
