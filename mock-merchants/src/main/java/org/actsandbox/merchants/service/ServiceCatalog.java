package org.actsandbox.merchants.service;

import java.util.List;
import java.util.Optional;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.MerchantRoster;
import org.actsandbox.merchants.VerticalWorld;

/** What each seller agent does, and for how much. */
final class ServiceCatalog {

  private final List<ServiceCatalog.PricedService> pricedService;

  private ServiceCatalog(List<ServiceCatalog.PricedService> pricedService) {
    this.pricedService = pricedService;
  }

  /**
   * @param fen the listed price of one request
   */
  record PricedService(PaidService service, long fen) {}

  static ServiceCatalog of(MerchantProfile merchant, VerticalWorld world) {
    var commodityMarket = new CommodityMarket(world.seed());
    var id = merchant.id();
    if (id.equals(MerchantRoster.TICKWELL.id())) {
      return new ServiceCatalog(
          List.of(
              new ServiceCatalog.PricedService(
                  new CommodityQuoteService(commodityMarket, world.zone(), 180), 200)));
    }
    if (id.equals(MerchantRoster.MARKETLENS.id())) {
      return new ServiceCatalog(
          List.of(
              new ServiceCatalog.PricedService(
                  new CommodityQuoteService(commodityMarket, world.zone(), 30), 120)));
    }
    if (id.equals(MerchantRoster.LINGOBEE.id())) {
      return new ServiceCatalog(
          List.of(new ServiceCatalog.PricedService(new TranslationService(true), 350)));
    }
    if (id.equals(MerchantRoster.WORDBRIDGE.id())) {
      return new ServiceCatalog(
          List.of(new ServiceCatalog.PricedService(new TranslationService(false), 100)));
    }
    return new ServiceCatalog(
        List.of(
            new ServiceCatalog.PricedService(new ReportService(), 480),
            new ServiceCatalog.PricedService(new ChartService(), 150)));
  }

  List<ServiceCatalog.PricedService> all() {
    return pricedService;
  }

  Optional<ServiceCatalog.PricedService> find(String service) {
    return pricedService.stream().filter(each -> each.service().id().equals(service)).findFirst();
  }
}
