/** Of core/topics/words.ts, which says how it is read. */
export const ja = `
[work] 仕事; 職業; キャリア; 就労
career-guidance: キャリア相談; 進路相談; 職業の選び方; キャリア形成
job-search: 仕事探し; 就職活動; 求職; 失業; 求人
job-interviews: 採用面接; 就職面接; 面接の練習
cv-and-letters: 履歴書と手紙; 職務経歴書; 応募書類; 志望動機
out-at-work: 職場でのカミングアウト; 職場でオープンに
workplace-conflict: 職場のもめごと; パワハラ; 職場いじめ; 上司; 同僚
leadership: リーダーシップ; 人を率いる; マネジメント; チーム運営
career-change: 転職と再出発; 転職; 学び直し; 再就職

[money] お金; 家計; 経済
budgeting: お金のやりくり; 家計簿; 予算; 節約
self-employment: 自営で働く; フリーランス; 個人事業主; 独立
debt: 借金から抜け出す; 債務; ローン; 借入
saving: 貯金; 貯蓄; 投資; 資産形成; 老後資金
taxes: 税金; 確定申告; 会計; 簿記
starting-a-business: 起業; 会社設立; 開業; 協同組合
negotiating-pay: 給料の交渉; 賃金; 昇給; 給与
social-benefits: 給付と支援; 生活保護; 社会保障; 手当; 福祉

[well-being] 心身の健やかさ; ウェルビーイング
self-care: セルフケア; 自分を大切に; 自分の時間
mental-well-being: 心の健康; メンタルヘルス; 不安; うつ; 心理; カウンセリング
stress-and-burnout: ストレスと燃え尽き; 疲労; 過労; プレッシャー
loneliness: 孤独; 孤立; ひとりぼっち
grief: 悲しみと喪失; 喪失; グリーフ; 死別
meditation: 瞑想; マインドフルネス; 呼吸; ヨガ
sleep-and-rest: 睡眠と休息; 不眠; 眠り; リラックス
self-esteem: 自己肯定感; 自信; ボディイメージ; 恥; 誇り

[health] 健康; 医療
health-navigation: 医療の受け方; 病院; 医師; 健康保険; 診察予約
transition-care: トランジションのケア; ホルモン療法; 性別適合; 手術
sexual-health: 性の健康; 性感染症; 検査; 避妊; セーファーセックス
hiv-and-prep: HIVとPrEP; HIVと生きる; エイズ; 予防
disability-and-illness: 障害と慢性の病気; 持病; バリアフリー; 発達障害; 自閉症; ADHD
recovery: 依存からの回復; 依存症; アルコール; 薬物; 断酒; 禁煙
fitness-and-movement: 運動と体づくり; スポーツ; トレーニング; ジム; ランニング
ageing: 年を重ねる; 老い; 高齢者; 定年

[family] カミングアウトと家族; 家族
coming-out: カミングアウト; 打ち明ける; 周りに伝える
family-talks: 家族と話す; 親; きょうだい; 親族; 拒絶
chosen-family: 選んだ家族; 居場所
faith-and-identity: 信仰とアイデンティティ; 宗教; 精神性; 教会; 寺
exploring-gender: 性別を探る; 性自認; ノンバイナリー; トランス; インターセックス
exploring-orientation: 性的指向を探る; 性的指向; バイセクシュアル; レズビアン; ゲイ; アセクシュアル
support-for-families: 家族とアライのために; クィアの子の親; アライ
leaving-home: 家を出る; 一人暮らし; 自立

[rights] 権利; 法律
legal-rights: あなたの権利; 法律相談; 弁護士; 司法
migration-and-asylum: 移住と難民; 移民; 難民申請; ビザ; 在留資格
name-and-gender-change: 名前と性別の変更; 改名; 戸籍; 性別変更; 書類
discrimination: 差別; 平等; 同性愛嫌悪; トランス嫌悪; 人種差別; 苦情
rights-at-work: 働く人の権利; 労働法; 労働契約; 労働組合; 解雇
housing: 住まいと賃貸; 家賃; アパート; 大家; ホームレス; シェルター
marriage-and-partnership: 結婚とパートナーシップ; 同性婚; 離婚; 相続
dealing-with-authorities: 役所の手続き; 書類の書き方; 申請; 行政

[safety] 安全; 身を守る
digital-security: デジタルの安全; サイバーセキュリティ; パスワード; 暗号化; スマホの安全
personal-safety: 身の安全; 護身; 防犯; 安全計画
online-privacy: ネットのプライバシー; 個人情報; 匿名; 追跡
safer-dating: 安全な出会い; 出会い系アプリ; 初めて会う; なりすまし; わな
harassment: 憎悪と嫌がらせ; ストーカー; いじめ; ヘイトスピーチ; ヘイトクライム
blackmail-and-outing: 脅しとアウティング; 恐喝; 脅迫; 暴露
leaving-violence: 暴力から離れる; 家庭内暴力; 虐待; 強制結婚
travel-safety: 安全な旅; 旅行; 国境; 安全な国

[languages] 言語; 語学; ことば
language-practice: 語学の練習; 会話練習; タンデム; 言語交換; 話す
sign-language: 手話; ろう文化
learning-english: 英語を学ぶ; 英語; 英会話
language-of-the-country: 新しい国のことば; 日本語教室; 現地の言葉; 語学教室
translation: 翻訳と通訳; 翻訳; 通訳; 字幕
literacy: 読み書き; 識字; 文字; つづり
language-exams: 語学試験; 語学資格; 検定; 国籍試験
public-speaking: 人前で話す; スピーチ; ボイストレーニング; 発表; あがり症

[arts] 芸術; アート; 創作
music: 音楽; 楽器; ギター; ピアノ; 作曲
writing: 文章を書く; 詩; 小説; 物語; ジャーナリズム
visual-arts: 美術; 絵; 絵画; イラスト; 漫画; 彫刻
photography: 写真; 撮影; カメラ; ポートレート
film-and-video: 映画と動画; 映画制作; 動画編集; ドキュメンタリー; アニメ
theatre: 演劇; 芝居; 舞台; 即興
dance: ダンス; 踊り; 振り付け
singing: 歌; 歌う; 合唱; 声

[crafts] 手仕事と実用の技; 手工芸; ものづくり
sewing: 裁縫; 洋裁; 繕い; 服作り
cooking: 料理; レシピ; 台所; お菓子作り; 食
repairs: 修理; 直す; DIY; 水道; 電気工事
woodwork: 木工; 大工; 家具
gardening: 園芸; 庭; 植物; 野菜作り; ベランダ
hair-and-make-up: 髪とメイク; 美容; 散髪; 化粧; ヘアカット
knitting: 編み物; かぎ針; 毛糸; 刺しゅう
driving: 運転を習う; 運転免許; 車; 自転車

[technology] 技術; IT; パソコン; コンピュータ
programming: プログラミング; コーディング; ソフト開発
everyday-technology: 身近なIT; スマホ; パソコン入門; メール; インターネット
web-design: ウェブサイト作り; ウェブデザイン; ホームページ; ブログ
spreadsheets: 表計算とデータ; エクセル; 統計; データベース; データ分析
graphic-design: グラフィックデザイン; レイアウト; ロゴ; ポスター; 文字組み
computer-repair: パソコン修理; ハードウェア; スマホ修理; ノートパソコン
free-software: 自由ソフトウェア; オープンソース; リナックス
making-games: ゲーム作り; ビデオゲーム; ロールプレイング; ゲームデザイン

[education] 教育; 学校; 学び
study-skills: 勉強のしかた; 宿題; 集中力; ノートの取り方; 家庭教師
university: 大学; 大学院; 論文; 博士
exams: 試験; テスト; 復習; 受験; 試験の不安
scholarships: 奨学金; 学費; 学生ローン; 学業支援
mathematics: 数学; 算数; 代数; 幾何; 微積分
science: 理科; 科学; 物理; 化学; 生物; 研究
vocational-training: 職業訓練; 見習い; インターン; 専門学校
teaching: 人に教える; 授業; 教え方; メンタリング; ワークショップ

[organising] 組織づくり; 地域活動
community-organising: みんなで組織する; コミュニティづくり; クィアセンター; 地域グループ; つながり
events-and-fundraising: イベントと資金集め; 寄付; プライド; 祭り
activism: 社会運動; キャンペーン; 抗議; デモ; 政治
volunteering: ボランティア; 手伝う; 助け合い
facilitating-groups: グループの進行; ファシリテーション; 司会; 会議; グループ内の対立
peer-support: ピアサポート; 自助グループ; 支え合い; 傾聴
media-and-campaigns: メディアと広報; 報道; SNS; 広報; ポッドキャスト
running-an-association: 団体の運営; 非営利; NPO; 理事会; 助成金

[history] 歴史と文化; LGBTQ+の歴史
queer-history: クィアの歴史; LGBTの歴史; ゲイの歴史; レズビアンの歴史; ストーンウォール
queer-culture: クィア文化; LGBT文化; クィアコミュニティ; シンボル; 隠語
drag: ドラァグ; ドラァグクイーン; ドラァグキング; ドラァグメイク
queer-literature: クィア文学; クィアの本; 読書会; クィアの詩
queer-cinema: クィア映画; LGBT映画; 上映会; ドラマ
oral-history: オーラルヒストリー; 聞き書き; 思い出; 人生の物語; 資料保存
trans-history: トランスの歴史; 他の時代や文化の性別
ballroom: ボールルームとヴォーギング; ヴォーグ; ボール文化

[relationships] 愛と友情; 子育てと関係
relationships: 人との関係; カップル; パートナー; 恋愛; 二人の対話
parenting: 子育て; 育児; 子ども; 虹色の家族; 思春期
dating: 出会い; デート; 恋; 口説く
friendship: 友情; 友だち作り; 友だち; 付き合い
break-ups: 別れ; 失恋; 別居; 嫉妬
starting-a-family: 親になる; 養子; 里親; 精子提供; 体外受精; 妊娠
intimacy: 親密さとセックス; 性; 同意; 欲求; 快楽
open-relationships: オープンな関係; ポリアモリー; 複数恋愛
`
