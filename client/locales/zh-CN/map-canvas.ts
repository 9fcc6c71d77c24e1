export const mapCanvas = {
  keys: '地图：方向键移动，加减号缩放，回车选中正中的网格、楼栋、服务点或案件',
  metres: '{n} 米',
  kilometres: '{n} 公里',
}
