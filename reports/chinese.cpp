#include "reports/chinese.h"

#include <string_view>
#include <unordered_map>

namespace reports {
namespace {

using Table = std::unordered_map<std::string_view, std::string_view>;

// Figures and their units, as models/scenario/metrics.cpp and models/replay have them.
const Table& figures() {
  static const Table table{
      {"Durability", "数据持久性"},
      {"nines of objects", "对象，几个9"},
      {"Object loss", "对象丢失"},
      {"objects/object-year", "每对象每年"},
      {"Any loss", "任何数据丢失"},
      {"probability/year", "每年概率"},
      {"MTTDL", "平均数据丢失时间"},
      {"years", "年"},
      {"NOMDL", "归一化数据丢失量"},
      {"bytes/(usable TB*year)", "字节/(可用TB·年)"},
      {"Bytes lost", "丢失字节"},
      {"bytes/year", "字节/年"},
      {"Data unavailable", "数据不可读"},
      {"share of time", "时间占比"},
      {"No reads served", "无法读服务"},
      {"No writes served", "无法写服务"},
      {"Rebuild, median", "重建，中位数"},
      {"Rebuild, 95 %", "重建，95%"},
      {"Rebuild, 99 %", "重建，99%"},
      {"Rebuild, mean", "重建，平均"},
      {"Rebuild, arithmetic", "重建，按算术"},
      {"h/TB", "小时/TB"},
      {"Repair traffic", "修复流量"},
      {"Across racks", "跨机柜"},
      {"Across sites", "跨站点"},
      {"bytes/day", "字节/天"},
      {"Overhead", "冗余系数"},
      {"raw bytes/user byte", "裸字节/用户字节"},
      {"Cost", "费用"},
      {"Capital", "资本性支出"},
      {"Running cost", "运行费用"},
      {"Total cost", "总费用"},
      {"currency/(TB*year)", "货币/(TB·年)"},
      {"currency/year", "货币/年"},
      {"currency", "货币"},
      {"group-time with a shard missing", "缺一个分片的组时间"},
      {"group-time with two or more shards missing", "缺两个及以上分片的组时间"},
      {"group-time without any redundancy left", "无剩余冗余的组时间"},
      {"most groups at once with a shard missing", "同时缺分片的最多组数"},
      {"placements that lose data", "丢失数据的布局"},
      {"groups lost, in shares", "丢失的组（折合）"},
      {"user bytes lost", "丢失的用户数据"},
      {"read by rebuilds", "重建读取量"},
      {"of them across racks", "其中跨机柜"},
      {"rebuild, median", "重建，中位数"},
      {"rebuild, 99 %", "重建，99%"},
      {"share", "占比"},
      {"groups", "组"},
      {"bytes", "字节"},
      {"count", "次数"},
      {"hours", "小时"},
      {"probability", "概率"},
      {"money", "金额"},
      {"year_share", "每年时间"}};
  return table;
}

// Parts that fail, methods, verdicts, kinds of costs.
const Table& words() {
  static const Table table{{"disk", "磁盘"},
                           {"machine", "服务器"},
                           {"rack", "机柜"},
                           {"rack switch", "机柜交换机"},
                           {"core switch", "核心交换机"},
                           {"power domain", "供电域"},
                           {"controller", "控制器"},
                           {"gateway", "网关"},
                           {"front end", "前端"},
                           {"site", "站点"},
                           {"software", "软件"},
                           {"batch", "批次"},
                           {"latent error", "潜在扇区错误"},
                           {"host", "主机"},
                           {"array", "阵列"},
                           {"engine", "引擎"},
                           {"power", "供电"},
                           {"enclosure", "柜体"},
                           {"fabric", "光纤网络"},
                           {"analytic", "解析"},
                           {"direct", "直接仿真"},
                           {"compensator", "补偿估计"},
                           {"exposure", "暴露链估计"},
                           {"splitting", "分裂估计"},
                           {"arithmetic", "算术"},
                           {"chain", "解析链"},
                           {"simulated", "仿真"},
                           {"reproduced", "已复现"},
                           {"not reproduced", "未复现"},
                           {"supported", "成立"},
                           {"refuted", "不成立"},
                           {"undecided", "未定"},
                           {"passed", "通过"},
                           {"FAILED", "失败"},
                           {"lost", "丢失"},
                           {"none", "无"},
                           {"published", "已发表"},
                           {"planning value (assumption)", "规划值（假设）"},
                           {"assumption", "假设"},
                           {"vendor claim", "厂商声明"},
                           {"high", "高"},
                           {"low", "低"},
                           {"medium", "中"},
                           {"price of cloud storage", "云存储价格"},
                           {"price of traffic out of the cloud", "云出口流量价格"},
                           {"reads of each object", "每对象读取次数"},
                           {"price of disks", "磁盘价格"},
                           {"price of machines", "服务器价格"},
                           {"price of electricity", "电价"},
                           {"all volumes", "全部数据量"},
                           {"rebuild rate of a machine", "单机重建速率"},
                           {"half", "一半"},
                           {"double", "两倍"},
                           {"disks or network", "磁盘或网络"},
                           {"nothing rebuilt", "无重建"}};
  return table;
}

// Faults and work of the drill, tables of the lifecycle.
const Table& events() {
  static const Table table{
      {"switch", "交换机离线"},
      {"machine-outage", "服务器离线"},
      {"bit-flip", "位翻转"},
      {"torn-write", "撕裂写"},
      {"short-write", "短写"},
      {"misdirected-write", "误位写"},
      {"lost-write", "丢写"},
      {"stale-replica", "陈旧副本"},
      {"slow-disk", "慢盘"},
      {"full-disk", "盘满"},
      {"crash-machine", "写入中服务器重启"},
      {"crash-write", "写入中断电"},
      {"crash-rebuild", "重建中断电"},
      {"lost-message", "消息丢失"},
      {"duplicate-message", "消息重复"},
      {"write", "写入"},
      {"read", "读取"},
      {"scrub", "巡检"},
      {"rebuild", "重建"},
      {"recover", "恢复"},
      {"replace", "换盘"},
      {"heal", "复原"},
      {"damage found", "发现的损坏"},
      {"rebuilds put off", "推迟的重建"},
      {"writes degraded", "降级写入"},
      {"writes refused", "拒绝的写入"},
      {"Incidents: what is lost, what comes back, and when", "事故：丢失什么、恢复什么、何时恢复"},
      {"Three copies, two media, one off-site", "三份、两种介质、一份异地"},
      {"The key of the device", "设备密钥"},
      {"The copy over the line", "经线路复制"},
      {"Written and not yet in the cloud", "已写入尚未上云"},
      {"Reads that are answered near the reader", "就近应答的读取"},
      {"Objects in the classes of the cloud", "各云存储类别中的对象"},
      {"What the classes cost", "各类别费用"},
      {"Until an object can be read", "对象可读前的等待"},
      {"While files are on their way", "文件转换途中"},
      {"Loss of a file, before, during and after", "文件丢失：转换前、中、后"},
      {"Stores without whose content all files are lost", "关键元数据存储"},
      {"Parts that everything waits for", "全部业务等待的部件"},
      {"In a year", "每年"},
      {"All lost", "全部丢失"},
      {"Rolled back", "回退"},
      {"All back", "全部恢复"},
      {"Total", "合计"},
      {"Storage", "存储"},
      {"Reading", "读取"},
      {"Cold", "冷数据"},
      {"Kept", "保存"},
      {"Stored", "占用"},
      {"Saved", "节省"},
      {"Waiting", "等待"},
      {"Converted", "转换"},
      {"Heated", "升温"}};
  return table;
}

// What the planner says of itself.
const Table& sentences() {
  static const Table table{
      {"A provider's durability: a class of the cloud is priced, its nines are the vendor's claim.",
       "云服务商的持久性：仅计价，其“几个9”为厂商声明。"},
      {"Contention of rebuilding and serving beyond the sum of their peaks; queues within a disk.",
       "重建与业务争用超出峰值之和的部分；磁盘内部排队。"},
      {"Loss while machines are migrated beyond the bound in the table of purchases.",
       "设备迁移期间的丢失风险（采购表中的界以外的部分）。"},
      {"Taxes, leasing, salvage value, staff beyond the care of racks, licences.",
       "税费、租赁、残值、机柜维护以外的人员、许可费。"},
      {"The year between first and last: durability is judged in the worse of these two.",
       "首年与末年之间的年份：持久性按两者中较差者判定。"},
      {"Durability of the file tier: a mirror of work space that can be made anew.",
       "文件层的持久性：可重建的镜像工作区。"}};
  return table;
}

std::string_view found(std::string_view english) {
  for (const Table* table : {&words(), &figures(), &events(), &sentences()}) {
    const auto at = table->find(english);
    if (at != table->end()) return at->second;
  }
  return {};
}

}  // namespace

Words in_both(std::string english) {
  std::string chinese(found(english));
  const std::size_t bracket = english.find(" (");
  if (chinese.empty() && bracket != std::string::npos && english.ends_with(')')) {
    const std::string_view whole = english;
    const std::string_view name = found(whole.substr(0, bracket));
    const std::string_view inside = whole.substr(bracket + 2, whole.size() - bracket - 3);
    const std::string_view unit = found(inside);
    if (!name.empty()) {
      chinese = std::string(name) + "（" + std::string(unit.empty() ? inside : unit) + "）";
    }
  }
  return {std::move(english), std::move(chinese)};
}

}  // namespace reports
