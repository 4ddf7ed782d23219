package org.actsandbox.merchants;

import java.time.Duration;
import java.util.List;
import org.actsandbox.protocol.commerce.Kind;
import org.actsandbox.protocol.commerce.Text;

/** The six merchants of every world: two competing platforms per vertical. */
public final class Roster {

  public static final MerchantProfile RAILEAST =
      new MerchantProfile(
          "raileast",
          new Text("RailEast", "东方铁路"),
          new Text(
              "Sells its own high-speed trains: no fee, a sale now and then. Sandbox merchant.",
              "自营高铁车票：无服务费，不时特价。沙箱商户。"),
          Kind.TRAIN,
          false,
          Duration.ofMinutes(15));

  public static final MerchantProfile GOTRIP_RAIL =
      new MerchantProfile(
          "gotrip-rail",
          new Text("GoTrip Rail", "顺途火车票"),
          new Text(
              "Resells train tickets for a service fee, with coupons. Sandbox merchant.",
              "代售火车票，收服务费，常有优惠券。沙箱商户。"),
          Kind.TRAIN,
          true,
          Duration.ofMinutes(10));

  public static final MerchantProfile STAYHUB =
      new MerchantProfile(
          "stayhub",
          new Text("StayHub", "宿集"),
          new Text("Hotels at the hotels' own rates. Sandbox merchant.", "酒店直营价。沙箱商户。"),
          Kind.HOTEL,
          false,
          Duration.ofMinutes(20));

  public static final MerchantProfile GOTRIP_HOTELS =
      new MerchantProfile(
          "gotrip-hotels",
          new Text("GoTrip Hotels", "顺途酒店"),
          new Text(
              "Hotels from many sources, with a service fee. Sandbox merchant.",
              "汇集多家酒店资源，收取服务费。沙箱商户。"),
          Kind.HOTEL,
          true,
          Duration.ofMinutes(15));

  public static final MerchantProfile LUMA_MART =
      new MerchantProfile(
          "luma-mart",
          new Text("Luma Mart", "明光优选"),
          new Text(
              "A shop with member prices and free shipping from 99. Sandbox merchant.",
              "会员价商店，满 99 包邮。沙箱商户。"),
          Kind.SHOP,
          false,
          Duration.ofMinutes(30));

  public static final MerchantProfile BAZAAR88 =
      new MerchantProfile(
          "bazaar88",
          new Text("Bazaar 88", "八八集市"),
          new Text(
              "A marketplace with full-reduction coupons and express shipping. Sandbox merchant.",
              "满减集市，支持加急配送。沙箱商户。"),
          Kind.SHOP,
          true,
          Duration.ofMinutes(20));

  private static final List<MerchantProfile> ALL =
      List.of(RAILEAST, GOTRIP_RAIL, STAYHUB, GOTRIP_HOTELS, LUMA_MART, BAZAAR88);

  private Roster() {}

  public static List<MerchantProfile> all() {
    return ALL;
  }
}
