package org.actsandbox.merchants;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.identity.Did;

/**
 * Lists all merchants of the sandbox: competing platforms of each vertical, and seller agents. A
 * world has all or some of them.
 */
public final class MerchantRoster {

  public static final MerchantProfile RAILEAST =
      new MerchantProfile(
          "raileast",
          new Text("RailEast", "东方铁路"),
          new Text(
              "Sells its own high-speed trains: no fee, a sale now and then. Sandbox merchant.",
              "自营高铁车票：无服务费，不时特价。沙箱商户。"),
          MerchantKind.TRAIN,
          false,
          Duration.ofMinutes(15));

  public static final MerchantProfile GOTRIP_RAIL =
      new MerchantProfile(
          "gotrip-rail",
          new Text("GoTrip Rail", "顺途火车票"),
          new Text(
              "Resells train tickets for a service fee, with coupons. Sandbox merchant.",
              "代售火车票，收服务费，常有优惠券。沙箱商户。"),
          MerchantKind.TRAIN,
          true,
          Duration.ofMinutes(10));

  public static final MerchantProfile STAYHUB =
      new MerchantProfile(
          "stayhub",
          new Text("StayHub", "宿集"),
          new Text("Hotels at the hotels' own rates. Sandbox merchant.", "酒店直营价。沙箱商户。"),
          MerchantKind.HOTEL,
          false,
          Duration.ofMinutes(20));

  public static final MerchantProfile GOTRIP_HOTELS =
      new MerchantProfile(
          "gotrip-hotels",
          new Text("GoTrip Hotels", "顺途酒店"),
          new Text(
              "Hotels from many sources, with a service fee. Sandbox merchant.",
              "汇集多家酒店资源，收取服务费。沙箱商户。"),
          MerchantKind.HOTEL,
          true,
          Duration.ofMinutes(15));

  public static final MerchantProfile LUMA_MART =
      new MerchantProfile(
          "luma-mart",
          new Text("Luma Mart", "明光优选"),
          new Text(
              "A shop with member prices and free shipping from 99. Sandbox merchant.",
              "会员价商店，满 99 包邮。沙箱商户。"),
          MerchantKind.SHOP,
          false,
          Duration.ofMinutes(30));

  public static final MerchantProfile BAZAAR88 =
      new MerchantProfile(
          "bazaar88",
          new Text("Bazaar 88", "八八集市"),
          new Text(
              "A marketplace with full-reduction coupons and express shipping. Sandbox merchant.",
              "满减集市，支持加急配送。沙箱商户。"),
          MerchantKind.SHOP,
          true,
          Duration.ofMinutes(20));

  public static final MerchantProfile TICKWELL =
      new MerchantProfile(
          "tickwell",
          new Text("Tickwell Data", "报点数据"),
          new Text(
              "Seller agent: commodity quotes with half a year of history. Sandbox merchant.",
              "卖方智能体：大宗商品行情，可回溯半年。沙箱商户。"),
          MerchantKind.SERVICE,
          false,
          Duration.ofMinutes(15));

  public static final MerchantProfile MARKETLENS =
      new MerchantProfile(
          "marketlens",
          new Text("MarketLens", "行情镜"),
          new Text(
              "Seller agent: the same quotes cheaper, a month of history. Sandbox merchant.",
              "卖方智能体：同样的行情更便宜，仅一个月历史。沙箱商户。"),
          MerchantKind.SERVICE,
          true,
          Duration.ofMinutes(15));

  public static final MerchantProfile LINGOBEE =
      new MerchantProfile(
          "lingobee",
          new Text("LingoBee", "蜂译"),
          new Text(
              "Seller agent: translates whole sentences, English and Chinese. Sandbox merchant.",
              "卖方智能体：中英整句翻译。沙箱商户。"),
          MerchantKind.SERVICE,
          false,
          Duration.ofMinutes(15));

  public static final MerchantProfile WORDBRIDGE =
      new MerchantProfile(
          "wordbridge",
          new Text("WordBridge", "词桥"),
          new Text(
              "Seller agent: translates word by word, cheaply. Sandbox merchant.",
              "卖方智能体：低价逐词翻译。沙箱商户。"),
          MerchantKind.SERVICE,
          true,
          Duration.ofMinutes(15));

  public static final MerchantProfile PAGEPRESS =
      new MerchantProfile(
          "pagepress",
          new Text("PagePress", "版印"),
          new Text(
              "Seller agent: renders reports and charts from your data. Sandbox merchant.",
              "卖方智能体：把您的数据排成报告与图表。沙箱商户。"),
          MerchantKind.SERVICE,
          false,
          Duration.ofMinutes(15));

  private static final List<MerchantProfile> ALL =
      List.of(
          RAILEAST,
          GOTRIP_RAIL,
          STAYHUB,
          GOTRIP_HOTELS,
          LUMA_MART,
          BAZAAR88,
          TICKWELL,
          MARKETLENS,
          LINGOBEE,
          WORDBRIDGE,
          PAGEPRESS);

  private MerchantRoster() {}

  public static List<MerchantProfile> all() {
    return ALL;
  }

  public static Optional<MerchantProfile> find(Did did) {
    return ALL.stream().filter(each -> each.did().equals(did)).findFirst();
  }

  public static boolean knows(String id) {
    return ALL.stream().anyMatch(each -> each.id().equals(id));
  }
}
