/** Invented names: places by joining two pleasant characters, each pair once in a district; people by surname and given name. */
import { createRandom, type Random } from './random.ts'

const FIRST =
  '云岚锦青桐柳松荷枫竹兰芷澜汀沙月星霞晨明和安宁康泰文德仁礼诚勤学翰墨新兴盛丰禾穗谷金玉珠琴棠梧榕槐芳春秋瑞祥嘉'
const SECOND = '溪湖岭林园桥亭泉塘田湾洲岸景华光福达通业贤谊韵苑台坪屏峰川源波霖'
/** Pairs that are well-known places or words. */
const TAKEN = new Set([
  '和田',
  '金湖',
  '安源',
  '新田',
  '兴业',
  '金华',
  '光华',
  '文华',
  '嘉兴',
  '瑞金',
  '福田',
  '春秋',
  '金台',
  '松林',
  '青岸',
  '沙田',
  '沙湾',
  '月光',
  '星光',
  '晨光',
  '新华',
  '嘉华',
  '文景',
  '泰达',
  '明溪',
  '兰溪',
  '安溪',
  '金溪',
  '玉林',
  '玉溪',
  '桐林',
  '兴华',
  '安福',
  '泰川',
  '青川',
  '金川',
  '银川',
  '沙溪',
  '新源',
  '松溪',
  '德源',
  '新林',
  '青林',
  '丰台',
  '和林',
  '康福',
  '和平',
  '学田',
  '学院',
  '文源',
  '瑞泉',
  '锦华',
  '云林',
  '禾川',
  '泰华',
  '新洲',
  '春光',
  '荷泽',
  '柳林',
  '文峰',
  '月湖',
  '月亭',
  '玉泉',
  '翰林',
  '和光',
  '丰田',
  '安业',
  '新业',
])

export interface PlaceNames {
  /** A pair of characters that no other place of this district has. */
  pair(): string
}

export function createPlaceNames(seed: number): PlaceNames {
  const random = createRandom(seed, 'place names')
  const all = random
    .shuffled([...FIRST].flatMap((first) => [...SECOND].map((second) => first + second)))
    .filter((pair) => !TAKEN.has(pair))
  return {
    pair() {
      const pair = all.pop()
      if (pair === undefined) throw new Error('All place names are used up.')
      return pair
    },
  }
}

const TOWNS = ['岚溪', '澄湾', '碧汀', '沐溪', '栖湾']
const COMMUNITIES = ['渡头', '石埠', '锦禾', '青榕', '桐花', '柳岸', '荷塘', '枫桥', '听松', '望山', '云麓', '南屏']

export function pickTown(seed: number): { town: string; communities: string[] } {
  const random = createRandom(seed, 'town name')
  return { town: random.pick(TOWNS), communities: random.shuffled(COMMUNITIES).slice(0, 6) }
}

/** Surnames with weights about as common as in southern China. */
const SURNAMES =
  '王72李71张66陈68刘54黄46吴33林34周31杨30徐22郭18何21马13罗19胡15朱14高11郑15梁18谢14宋8唐9许12邓13冯8韩7曹7曾12彭9肖9蔡12潘10田6董5袁7于5余8叶9蒋7杜5苏9魏5程6吕5丁6沈6任5姚5卢8傅4钟9姜4崔3廖8范4汪4陆5金3石4戴4贾3韦4夏4邱6方5侯3邹5熊4孟2秦3白2江4阎1薛3尹3段3雷4黎6史2龙4陶2贺3顾2毛1郝2龚3邵2万3覃2武2钱2莫3孔1汤3温4庄3欧4'
const GIVEN_LAST =
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛超霞平刚桂英华明辉健俊鹏飞鑫波斌宇浩凯健林峰琳莉萍玲婷雪慧颖倩雯悦怡彤萱妍岚宁晖昊煜铭锋锐泽恒毅轩祥瑞康乐贵兴旺顺发荣茂盛宏达'
const GIVEN_FIRST =
  '建志国文晓小春秋海永立家子雨思若嘉俊浩天宇晨佳欣美雅素秀玉兰月红丽淑惠翠凤金银德福明光新克学正庆振启承景延云少仲伯梓可诗依锦绍'
/** Names of widely known people that the pools could make. */
const FAMOUS = new Set([
  '李小龙',
  '王健林',
  '刘德华',
  '张学友',
  '黄晓明',
  '李宇春',
  '刘翔',
  '姚明',
  '李娜',
  '马云',
  '郭明',
  '王军霞',
  '毛岸英',
  '周杰',
  '王俊凯',
  '陈凯',
  '李宁',
  '刘洋',
  '王宝强',
  '张杰',
  '陈小春',
  '林俊杰',
  '周华健',
  '朱军',
  '王菲',
  '孙杨',
  '杨利伟',
  '王一博',
  '陈景润',
  '周立波',
  '李克强',
  '陈明',
  '马凯',
  '王毅',
  '李刚',
  '孟建柱',
  '陈建',
  '梁家辉',
  '郑秀文',
  '张惠妹',
  '黄海波',
  '李云龙',
  '叶文洁',
  '王立军',
  '周永康',
  '金庸',
  '王洋',
  '汪洋',
  '李鹏',
  '林海',
  '罗永浩',
  '马国明',
  '欧阳',
  '曾志伟',
  '黄家驹',
  '叶子楣',
  '杨子',
  '杨颖',
  '张雨绮',
  '李嘉诚',
  '李子柒',
  '高晓松',
])

interface Surname {
  name: string
  weight: number
}
const surnames: Surname[] = [...SURNAMES.matchAll(/(\p{Script=Han})(\d+)/gu)].map(([, name = '', weight]) => ({
  name,
  weight: Number(weight),
}))
const surnameWeights = Object.fromEntries(surnames.map(({ name, weight }) => [name, weight]))

/** A person's name. */
export function personName(random: Random): string {
  for (;;) {
    const last = random.pick([...GIVEN_LAST])
    const first = random.chance(0.8) ? random.pick([...GIVEN_FIRST]) : ''
    const name = random.weighted(surnameWeights) + (first === last ? '' : first) + last
    if (!FAMOUS.has(name)) return name
  }
}

const DIGITS = '零一二三四五六七八九'

/** 1–99 in Chinese: 十一, 二十. */
export function chineseNumber(value: number): string {
  const [tens, ones] = [Math.floor(value / 10), value % 10]
  const head = tens === 0 ? '' : `${tens === 1 ? '' : DIGITS[tens]}十`
  return head + (ones === 0 && tens > 0 ? '' : (DIGITS[ones] ?? ''))
}
