/** Of core/topics/words.ts, which says how it is read. */
export const zh = `
[work] 工作; 职业; 事业; 就业
career-guidance: 职业指导; 职业规划; 职业发展; 选择职业
job-search: 找工作; 求职; 失业; 招聘
job-interviews: 求职面试; 工作面试; 面试练习
cv-and-letters: 简历和求职信; 简历; 求职信; 申请工作
out-at-work: 在职场公开身份; 职场出柜
workplace-conflict: 职场矛盾; 职场霸凌; 难相处的上司; 同事
leadership: 带领他人; 领导力; 管理; 带团队
career-change: 换行业; 转行; 再培训; 重新开始

[money] 金钱; 财务; 经济
budgeting: 管理钱财; 预算; 记账; 开支
self-employment: 为自己工作; 自由职业; 个体经营; 自雇
debt: 摆脱债务; 欠债; 贷款; 信用
saving: 储蓄; 存钱; 投资; 养老金
taxes: 税务; 报税; 会计; 记账报税
starting-a-business: 创业; 开公司; 做生意; 合作社
negotiating-pay: 谈薪水; 工资; 加薪; 薪酬
social-benefits: 补助和福利; 社会救助; 社会保障; 津贴

[well-being] 身心安康; 幸福感
self-care: 自我照顾; 自我关怀; 照顾自己; 善待自己
mental-well-being: 心理健康; 焦虑; 抑郁; 心理学; 心理咨询
stress-and-burnout: 压力与倦怠; 疲惫; 过劳; 精神压力
loneliness: 孤独; 孤立; 独自一人
grief: 哀伤; 失去亲人; 丧亲; 悼念
meditation: 冥想; 正念; 呼吸; 瑜伽
sleep-and-rest: 睡眠与休息; 失眠; 睡觉; 放松
self-esteem: 自尊; 自信; 身体形象; 羞耻; 自豪

[health] 健康; 医疗
health-navigation: 看病指路; 医生; 医院; 医疗保险; 预约挂号
transition-care: 过渡期的照护; 激素; 激素治疗; 性别肯定; 手术
sexual-health: 性健康; 性传播感染; 检测; 避孕; 安全性行为
hiv-and-prep: 艾滋病毒与预防用药; 与艾滋病毒共存; 艾滋病; 暴露前预防
disability-and-illness: 残障与慢性病; 无障碍; 神经多样性; 自闭症; 多动症
recovery: 戒瘾康复; 成瘾; 酒精; 毒品; 戒酒; 戒烟
fitness-and-movement: 运动与健身; 体育; 锻炼; 健身房; 跑步
ageing: 变老; 老年; 长者; 退休

[family] 出柜与家庭; 家庭
coming-out: 出柜; 告诉别人; 公开身份
family-talks: 和家人谈; 父母; 兄弟姐妹; 亲戚; 被拒绝
chosen-family: 自选家庭; 归属感
faith-and-identity: 信仰与身份; 宗教; 灵性; 教会; 清真寺
exploring-gender: 探索性别; 性别认同; 非二元; 跨性别; 间性
exploring-orientation: 探索性取向; 性取向; 双性恋; 女同性恋; 男同性恋; 无性恋
support-for-families: 给家人和盟友; 酷儿子女的父母; 盟友
leaving-home: 离开家; 搬出去住; 独立生活

[rights] 权利; 法律
legal-rights: 你的权利; 法律咨询; 律师; 司法
migration-and-asylum: 移民与庇护; 难民; 签证; 居留许可
name-and-gender-change: 更改姓名和性别; 改名; 身份证件; 性别登记
discrimination: 歧视; 平等; 恐同; 恐跨; 种族主义; 投诉
rights-at-work: 劳动权利; 劳动法; 劳动合同; 工会; 解雇
housing: 住房与租房; 房租; 公寓; 房东; 无家可归; 庇护所
marriage-and-partnership: 婚姻与伴侣关系; 婚礼; 民事结合; 离婚; 继承
dealing-with-authorities: 与政府部门打交道; 办手续; 填表; 公文

[safety] 安全; 保护
digital-security: 数字安全; 网络安全; 密码; 加密; 手机安全
personal-safety: 人身安全; 自卫; 防身; 安全计划
online-privacy: 网上隐私; 数据保护; 匿名; 跟踪定位
safer-dating: 更安全的约会; 交友软件; 第一次见面; 假账号; 钓鱼圈套
harassment: 仇恨与骚扰; 尾随跟踪; 欺凌; 仇恨言论; 仇恨犯罪; 网络暴力
blackmail-and-outing: 勒索与被迫出柜; 敲诈; 威胁
leaving-violence: 远离暴力; 家庭暴力; 虐待; 逼婚
travel-safety: 安全出行; 旅行; 过境; 安全的国家

[languages] 语言; 外语
language-practice: 练习语言; 会话练习; 语伴; 语言交换; 口语
sign-language: 手语; 聋人文化
learning-english: 学英语; 英语; 英语课
language-of-the-country: 新国家的语言; 对外汉语; 当地语言; 语言课程
translation: 翻译; 口译; 笔译; 字幕
literacy: 读写; 识字; 扫盲; 拼写
language-exams: 语言考试; 语言证书; 水平测试; 入籍考试
public-speaking: 公开演讲; 演讲; 声音训练; 做报告; 怯场

[arts] 艺术; 创作
music: 音乐; 乐器; 吉他; 钢琴; 作曲
writing: 写作; 诗歌; 小说; 故事; 新闻写作
visual-arts: 视觉艺术; 绘画; 素描; 插画; 漫画; 雕塑
photography: 摄影; 照片; 相机; 人像
film-and-video: 电影与视频; 拍电影; 剪辑; 纪录片; 动画
theatre: 戏剧; 表演; 舞台; 即兴
dance: 舞蹈; 跳舞; 编舞
singing: 唱歌; 歌唱; 合唱; 嗓音

[crafts] 手艺与实用技能; 手工艺; 动手
sewing: 缝纫; 裁缝; 缝补; 服装
cooking: 烹饪; 做饭; 食谱; 烘焙; 美食
repairs: 修理; 修东西; 自己动手; 水管; 电工
woodwork: 木工; 木匠; 家具
gardening: 园艺; 花园; 植物; 种菜; 阳台
hair-and-make-up: 头发与化妆; 理发; 剪发; 化妆品; 美容
knitting: 编织; 钩针; 毛线; 刺绣
driving: 学开车; 驾照; 汽车; 自行车

[technology] 科技; 信息技术; 电脑
programming: 编程; 写代码; 软件开发
everyday-technology: 日常科技; 智能手机; 电脑入门; 电子邮件; 互联网
web-design: 做网站; 网页设计; 网站开发; 博客
spreadsheets: 表格与数据; 电子表格; 统计; 数据库; 数据分析
graphic-design: 平面设计; 排版; 标志; 海报; 字体
computer-repair: 修电脑; 硬件; 修手机; 笔记本电脑
free-software: 自由软件; 开源; 操作系统
making-games: 制作游戏; 电子游戏; 角色扮演; 游戏设计

[education] 教育; 学校; 学习
study-skills: 学会学习; 作业; 专注; 记笔记; 家教
university: 大学; 高等教育; 学位; 论文; 博士
exams: 考试; 测验; 复习; 考试焦虑; 高考
scholarships: 奖学金; 助学金; 助学贷款; 学费资助
mathematics: 数学; 代数; 几何; 微积分
science: 科学; 物理; 化学; 生物; 研究
vocational-training: 职业培训; 学徒; 实习; 职业学校
teaching: 教别人; 上课; 教学法; 辅导; 工作坊

[organising] 组织; 社区工作
community-organising: 一起组织; 社群建设; 酷儿中心; 本地小组; 建立联系
events-and-fundraising: 活动与筹款; 捐款; 骄傲游行; 节庆
activism: 行动主义; 倡导; 抗议; 游行示威; 政治
volunteering: 志愿服务; 志愿者; 帮忙; 互助
facilitating-groups: 带领小组; 引导; 主持; 会议; 小组矛盾
peer-support: 同伴支持; 支持小组; 自助小组; 倾听
media-and-campaigns: 媒体与宣传; 新闻; 社交媒体; 公关; 播客
running-an-association: 管理社团; 非营利; 公益组织; 理事会; 项目经费

[history] 历史与文化; 性少数历史
queer-history: 酷儿历史; 性少数群体历史; 男同志历史; 女同志历史; 石墙
queer-culture: 酷儿文化; 性少数文化; 酷儿社群; 象征; 圈内用语
drag: 变装; 变装皇后; 变装国王; 变装妆
queer-literature: 酷儿文学; 酷儿书籍; 读书会; 酷儿诗歌
queer-cinema: 酷儿电影; 同志电影; 观影会; 剧集
oral-history: 口述历史; 回忆; 人生故事; 档案
trans-history: 跨性别历史; 其他时代和文化的性别
ballroom: 舞厅文化; 折手舞; 变装舞会

[relationships] 爱情与友情; 育儿与关系
relationships: 亲密关系; 伴侣; 感情; 爱情; 伴侣沟通
parenting: 养育孩子; 育儿; 孩子; 彩虹家庭; 青少年
dating: 认识人; 约会; 调情; 恋爱
friendship: 友谊; 交朋友; 朋友; 社交
break-ups: 分手; 分居; 失恋; 嫉妒
starting-a-family: 成为父母; 收养; 寄养; 捐精; 试管婴儿; 怀孕
intimacy: 亲密与性; 性生活; 同意; 欲望; 愉悦
open-relationships: 开放关系; 多元之爱; 非单偶
`
