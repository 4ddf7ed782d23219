package org.actsandbox.merchants.service;

import java.util.List;
import java.util.Optional;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.Roster;
import org.actsandbox.merchants.VerticalWorld;

/** What each seller agent does, and for how much. */
final class Assortment {

  private final List<Sold> sold;

  private Assortment(List<Sold> sold) {
    this.sold = sold;
  }

  /**
   * @param fen the listed price of one request
   */
  record Sold(Service service, long fen) {}

  static Assortment of(MerchantProfile merchant, VerticalWorld world) {
    var market = new Market(world.seed());
    var id = merchant.id();
    if (id.equals(Roster.TICKWELL.id())) {
      return new Assortment(List.of(new Sold(new Quotes(market, world.zone(), 180), 200)));
    }
    if (id.equals(Roster.MARKETLENS.id())) {
      return new Assortment(List.of(new Sold(new Quotes(market, world.zone(), 30), 120)));
    }
    if (id.equals(Roster.LINGOBEE.id())) {
      return new Assortment(List.of(new Sold(new Translation(true), 350)));
    }
    if (id.equals(Roster.WORDBRIDGE.id())) {
      return new Assortment(List.of(new Sold(new Translation(false), 100)));
    }
    return new Assortment(List.of(new Sold(new Report(), 480), new Sold(new Chart(), 150)));
  }

  List<Sold> all() {
    return sold;
  }

  Optional<Sold> find(String service) {
    return sold.stream().filter(each -> each.service().id().equals(service)).findFirst();
  }
}
