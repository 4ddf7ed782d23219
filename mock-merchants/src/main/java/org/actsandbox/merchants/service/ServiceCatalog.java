package org.actsandbox.merchants.service;

import java.util.List;
import java.util.Optional;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.MerchantRoster;
import org.actsandbox.merchants.VerticalWorld;

/** Lists the services of each seller agent with their prices. */
final class ServiceCatalog {

  private final List<PricedService> pricedServices;

  private ServiceCatalog(List<PricedService> pricedServices) {
    this.pricedServices = pricedServices;
  }

  /**
   * Represents a service with its price.
   *
   * @param fen the listed price of one request
   */
  record PricedService(PaidService service, long fen) {}

  static ServiceCatalog of(MerchantProfile merchant, VerticalWorld world) {
    var commodityMarket = new CommodityMarket(world.seed());
    var id = merchant.id();
    if (id.equals(MerchantRoster.TICKWELL.id())) {
      return new ServiceCatalog(
          List.of(
              new PricedService(
                  new CommodityQuoteService(commodityMarket, world.zone(), 180), 200)));
    }
    if (id.equals(MerchantRoster.MARKETLENS.id())) {
      return new ServiceCatalog(
          List.of(
              new PricedService(
                  new CommodityQuoteService(commodityMarket, world.zone(), 30), 120)));
    }
    if (id.equals(MerchantRoster.LINGOBEE.id())) {
      return new ServiceCatalog(List.of(new PricedService(new TranslationService(true), 350)));
    }
    if (id.equals(MerchantRoster.WORDBRIDGE.id())) {
      return new ServiceCatalog(List.of(new PricedService(new TranslationService(false), 100)));
    }
    return new ServiceCatalog(
        List.of(
            new PricedService(new ReportService(), 480),
            new PricedService(new ChartService(), 150)));
  }

  List<PricedService> all() {
    return pricedServices;
  }

  Optional<PricedService> find(String service) {
    return pricedServices.stream().filter(each -> each.service().id().equals(service)).findFirst();
  }
}
