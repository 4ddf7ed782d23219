package org.actsandbox.kit.shop;

import java.util.List;
import org.actsandbox.kit.MerchantSettings;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.commerce.Availability;
import org.actsandbox.protocol.commerce.CatalogEntry;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.PaymentCapability;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.json.Json;

/** Writes what a shop publishes: agent card, payment capability and catalog (CID-1, CID-4). */
final class ShopDocuments {

  static final String CAPABILITY = "/.well-known/act-payment-capability.json";

  private final MerchantSettings settings;
  private final ShopProfile profile;

  ShopDocuments(MerchantSettings settings, ShopProfile profile) {
    this.settings = settings;
    this.profile = profile;
  }

  String card() {
    var card = Json.object().put("name", profile.name()).put("description", profile.description());
    card.put("url", settings.url().toString()).put("version", "1.0");
    card.put("agent_id", settings.did()).put("vertical", MerchantKind.SHOP.code());
    card.putObject("capabilities")
        .putObject("act:payment:negotiation")
        .put("mode", "one-way")
        .put("capability_url", settings.url() + CAPABILITY);
    var skill = card.putArray("skills").addObject().put("id", "sell").put("name", profile.name());
    skill.put("description", "Answers intents with offers, and sells by cart and 402.");
    skill.putArray("tags").add(MerchantKind.SHOP.code());
    return Json.write(card);
  }

  String capability() {
    var psp = settings.paymentService();
    return Json.write(
        new PaymentCapability(
            "2.1",
            "payee",
            settings.did(),
            List.of(
                new PaymentCapability.Method(
                    PaymentNeeded.METHOD_ID,
                    List.of(
                        new PaymentCapability.Psp(
                            settings.paymentServiceDid(),
                            psp + "/payments",
                            psp + "/methods/act-sandbox-instant/1.0.0.schema.json"))))));
  }

  String catalog(List<ShopItem> items) {
    var catalog = Json.object();
    catalog.set("items", Json.tree(items.stream().map(this::entry).toList()));
    return Json.write(catalog);
  }

  CatalogEntry entry(ShopItem item) {
    return new CatalogEntry(
        item.id(),
        Text.untranslated(item.name()),
        Text.untranslated(item.category()),
        item.price(),
        "CNY",
        Availability.of(item.left()),
        item.left(),
        null,
        null,
        settings.id(),
        settings.url() + "/catalog/" + item.id(),
        null,
        null);
  }
}
