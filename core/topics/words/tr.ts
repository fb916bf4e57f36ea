/** Of core/topics/words.ts, which says how it is read. */
export const tr = `
[work] İş; çalışma; kariyer; meslek
career-guidance: Kariyer danışmanlığı; mesleki yönlendirme; mesleki gelişim; meslek seçimi
job-search: İş bulmak; iş aramak; işsizlik; iş ilanları
job-interviews: İş görüşmeleri; mülakat; mülakata hazırlık
cv-and-letters: Özgeçmiş ve mektuplar; CV; ön yazı; iş başvurusu
out-at-work: İş yerinde açık olmak; iş yerinde açılma
workplace-conflict: İş yerinde çatışma; mobbing; zor yönetici; iş arkadaşları
leadership: İnsanlara önderlik etmek; liderlik; yöneticilik; ekip yönetmek
career-change: Meslek değiştirmek; yeni bir iş hayatı; yeniden eğitim; baştan başlamak

[money] Para; finans; ekonomi
budgeting: Para idaresi; bütçe; ay sonunu getirmek; harcamalar
self-employment: Kendi hesabına çalışmak; serbest çalışma; serbest meslek; freelance
debt: Borçtan kurtulmak; borç; kredi; taksit
saving: Para biriktirmek; tasarruf; yatırım; birikim
taxes: Vergiler; vergi beyanı; muhasebe
starting-a-business: İş kurmak; şirket; girişimcilik; kooperatif; dükkân
negotiating-pay: Ücret pazarlığı; maaş; zam; ücret
social-benefits: Yardımlar ve destekler; sosyal yardım; sosyal güvenlik; ödenek

[well-being] Esenlik; iyi olma hâli
self-care: Öz bakım; kendine bakmak; kendine iyi davranmak; kendine zaman ayırmak
mental-well-being: Ruhsal iyilik; ruh sağlığı; kaygı; depresyon; psikoloji; terapi
stress-and-burnout: Stres ve tükenmişlik; yorgunluk; aşırı çalışma; baskı
loneliness: Yalnızlık; soyutlanma; tek başına olmak
grief: Yas; kayıp; birini kaybetmek
meditation: Meditasyon; bilinçli farkındalık; nefes; yoga
sleep-and-rest: Uyku ve dinlenme; uykusuzluk; uyumak; rahatlama
self-esteem: Öz saygı; özgüven; beden algısı; utanç; onur

[health] Sağlık; tıp
health-navigation: Sağlık hizmetinde yol bulmak; doktor; hastane; sağlık sigortası; randevu
transition-care: Geçiş sürecinde bakım; hormonlar; hormon tedavisi; cinsiyet uyum; ameliyat
sexual-health: Cinsel sağlık; cinsel yolla bulaşan hastalıklar; test yaptırmak; korunma; güvenli seks
hiv-and-prep: HIV ve PrEP; HIV ile yaşamak; AIDS; önleme
disability-and-illness: Engellilik ve süreğen hastalık; kronik hastalık; erişilebilirlik; nöroçeşitlilik; otizm; DEHB
recovery: Bağımlılıktan kurtulmak; bağımlılık; alkol; uyuşturucu; ayıklık; sigarayı bırakmak
fitness-and-movement: Spor ve hareket; egzersiz; antrenman; spor salonu; koşu
ageing: Yaş almak; yaşlılık; yaşlılar; emeklilik

[family] Açılma ve aile; aile
coming-out: Açılma; açılmak; başkalarına söylemek
family-talks: Aileyle konuşmak; anne baba; kardeşler; akrabalar; reddedilmek
chosen-family: Seçilmiş aile; aidiyet
faith-and-identity: İnanç ve kimlik; din; maneviyat; cami; kilise
exploring-gender: Cinsiyeti keşfetmek; cinsiyet kimliği; ikili olmayan; trans; interseks
exploring-orientation: Yönelimi keşfetmek; cinsel yönelim; biseksüel; lezbiyen; gey; aseksüel
support-for-families: Aileler ve müttefikler için; kuir çocukların anne babaları; yakınlar
leaving-home: Evden ayrılmak; yalnız yaşamak; bağımsızlık

[rights] Haklar; hukuk; yasa
legal-rights: Hakların; hukuki danışmanlık; avukat; adalet
migration-and-asylum: Göç ve sığınma; mülteciler; iltica; vize; oturma izni
name-and-gender-change: İsim ve cinsiyet değişikliği; kimlik belgeleri; nüfus kaydı; resmî isim
discrimination: Ayrımcılık; eşitlik; homofobi; transfobi; ırkçılık; şikâyet
rights-at-work: İşçi hakları; iş hukuku; sözleşme; sendika; işten çıkarma
housing: Barınma ve kira; kiralık ev; daire; ev sahibi; evsizlik; sığınak
marriage-and-partnership: Evlilik ve birliktelik; düğün; medeni birliktelik; boşanma; miras
dealing-with-authorities: Resmî işler; evrak işleri; bürokrasi; formlar; dilekçe

[safety] Güvenlik; korunmak
digital-security: Dijital güvenlik; siber güvenlik; parolalar; şifreleme; telefon güvenliği
personal-safety: Kişisel güvenlik; öz savunma; sokakta güvenlik; güvenlik planı
online-privacy: İnternette mahremiyet; veri koruma; anonimlik; izlenme
safer-dating: Daha güvenli buluşmalar; flört uygulamaları; ilk buluşma; sahte profiller; tuzaklar
harassment: Nefret ve taciz; ısrarlı takip; zorbalık; nefret söylemi; nefret suçu; siber zorbalık
blackmail-and-outing: Şantaj ve ifşa; tehdit; cinsel şantaj
leaving-violence: Şiddetten uzaklaşmak; aile içi şiddet; istismar; zorla evlendirme
travel-safety: Güvenli yolculuk; seyahat; sınır; güvenli ülkeler

[languages] Diller; dil
language-practice: Dil pratiği; konuşma pratiği; tandem; dil değişimi; konuşmak
sign-language: İşaret dili; işaretleşme; sağır kültürü
learning-english: İngilizce öğrenmek; İngilizce; İngilizce dersi
language-of-the-country: Yeni bir ülkenin dili; yabancılar için Türkçe; yerel dil; dil kursu
translation: Çeviri; tercüme; çevirmen; altyazı
literacy: Okuma yazma; okuryazarlık; alfabe; yazım
language-exams: Dil sınavları; dil sertifikası; seviye sınavı; vatandaşlık sınavı
public-speaking: Topluluk önünde konuşmak; hitabet; ses çalışması; sunum; sahne korkusu

[arts] Sanat; yaratıcı çalışma
music: Müzik; çalgılar; gitar; piyano; beste
writing: Yazmak; yazarlık; şiir; öykü; gazetecilik
visual-arts: Görsel sanatlar; çizim; resim; illüstrasyon; çizgi roman; heykel
photography: Fotoğraf; fotoğrafçılık; kamera; portre
film-and-video: Film ve video; film yapmak; kurgu; belgesel; animasyon
theatre: Tiyatro; oyunculuk; sahne; doğaçlama
dance: Dans; dans etmek; koreografi
singing: Şarkı söylemek; şan; koro; ses

[crafts] El işleri ve beceriler; zanaat; el sanatları
sewing: Dikiş; terzilik; yama; moda
cooking: Yemek yapmak; mutfak; tarifler; hamur işi; yemek
repairs: Onarım; tamir; tadilat; su tesisatı; elektrik işleri
woodwork: Ahşap işleri; marangozluk; mobilya
gardening: Bahçecilik; bahçe; bitkiler; sebze yetiştirmek; balkon
hair-and-make-up: Saç ve makyaj; kuaförlük; saç kesimi; kozmetik; güzellik
knitting: Örgü ve tığ işi; örgü örmek; yün; nakış; dokuma
driving: Sürücülük öğrenmek; ehliyet; araba; bisiklet

[technology] Teknoloji; bilişim; bilgisayar
programming: Programlama; kodlama; yazılım geliştirme
everyday-technology: Günlük teknoloji; akıllı telefon; bilgisayar kullanmak; e-posta; internet
web-design: Web sitesi yapmak; web tasarımı; web geliştirme; blog
spreadsheets: Tablolar ve veri; Excel; istatistik; veri tabanı; veri analizi
graphic-design: Grafik tasarım; sayfa düzeni; logo; afiş; tipografi
computer-repair: Bilgisayar tamiri; donanım; telefon tamiri; dizüstü
free-software: Özgür yazılım; açık kaynak; Linux
making-games: Oyun yapmak; video oyunları; rol yapma oyunları; oyun tasarımı

[education] Eğitim; okul; öğrenmek
study-skills: Ders çalışmayı öğrenmek; ödev; dikkat toplama; not tutmak; özel ders
university: Üniversite; yükseköğretim; tez; doktora
exams: Sınavlar; sınava hazırlık; tekrar; sınav kaygısı
scholarships: Burslar; burs; öğrenim kredisi; eğitim desteği
mathematics: Matematik; cebir; geometri; analiz
science: Fen bilimleri; fizik; kimya; biyoloji; araştırma
vocational-training: Mesleki eğitim; çıraklık; staj; meslek okulu
teaching: Öğretmek; ders vermek; pedagoji; mentorluk; atölye

[organising] Örgütlenme; toplum çalışması
community-organising: Birlikte örgütlenmek; topluluk kurmak; kuir merkez; yerel gruplar; ağ kurmak
events-and-fundraising: Etkinlikler ve bağış; bağış toplamak; onur yürüyüşü; festival
activism: Aktivizm; kampanya; protesto; gösteri; siyaset
volunteering: Gönüllülük; yardım etmek; dayanışma
facilitating-groups: Grup yürütmek; kolaylaştırıcılık; moderasyon; toplantılar; grup içi çatışma
peer-support: Akran desteği; destek grubu; kendi kendine yardım; dinlemek
media-and-campaigns: Medya ve kampanyalar; basın; sosyal medya; iletişim; podcast
running-an-association: Dernek yönetmek; kâr amacı gütmeyen; sivil toplum; yönetim kurulu; hibe

[history] Tarih ve kültür; LGBTQ+ tarihi
queer-history: Kuir tarih; queer tarihi; LGBT tarihi; gey tarihi; lezbiyen tarihi; Stonewall
queer-culture: Kuir kültür; queer kültürü; LGBT kültürü; simgeler; lubunca
drag: Drag; drag queen; drag king; drag makyajı
queer-literature: Kuir edebiyat; queer kitaplar; okuma grubu; kuir şiir
queer-cinema: Kuir sinema; queer filmler; film kulübü; diziler
oral-history: Sözlü tarih; anılar; yaşam öyküleri; arşiv
trans-history: Trans tarihi; başka çağlarda ve kültürlerde cinsiyet
ballroom: Ballroom ve voguing; vogue; balo

[relationships] Aşk ve dostluk; ebeveynlik ve ilişkiler
relationships: İlişkiler; çift; birliktelik; sevgi; çiftler arası iletişim
parenting: Çocuk büyütmek; ebeveynlik; çocuklar; gökkuşağı aileleri; ergenler
dating: Tanışmak; flört; buluşma; âşık olmak
friendship: Dostluk; arkadaş edinmek; arkadaşlar; sosyal hayat
break-ups: Ayrılıklar; ayrılmak; kalp kırıklığı; kıskançlık
starting-a-family: Anne baba olmak; evlat edinme; koruyucu aile; donör; tüp bebek; gebelik
intimacy: Yakınlık ve seks; cinsellik; rıza; arzu; haz
open-relationships: Açık ilişkiler; çok eşlilik; poliamori
`
