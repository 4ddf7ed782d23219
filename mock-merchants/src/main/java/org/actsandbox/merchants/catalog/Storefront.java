package org.actsandbox.merchants.catalog;

import java.util.List;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.merchants.buyer.BuyerPolicies;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.commerce.AgentCard;
import org.actsandbox.protocol.commerce.CatalogEntry;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.PaymentCapability;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.Page;
import org.jspecify.annotations.Nullable;

/** Serves a merchant's documents, which are written once, and its catalog (ACT CID-1, CID-4). */
public final class Storefront {

  static final int MAX_PAGE = 100;
  static final int MAX_QUERY = 200;

  /** The version of the merchants' software; the card's interfaces name the versions of A2A. */
  private static final String AGENT_VERSION = "1.0.0";

  private static final String JSON_RPC = "JSONRPC";

  private final MerchantContext merchantContext;
  private final BuyerPolicies buyerPolicies;
  private final byte[] profile;
  private final PublishedDocument card;
  private final PublishedDocument capability;

  public Storefront(MerchantContext merchantContext) {
    this.merchantContext = merchantContext;
    this.buyerPolicies = new BuyerPolicies(merchantContext);
    this.profile = Json.bytes(profileOf(merchantContext));
    this.card = PublishedDocument.of(cardOf(merchantContext));
    this.capability = PublishedDocument.of(capabilityOf(merchantContext));
  }

  public byte[] profile() {
    return profile;
  }

  public PublishedDocument card() {
    return card;
  }

  /**
   * Returns the payment capability that a one-way merchant declares.
   *
   * @throws Refusal {@code not_found} for a merchant that negotiates two-way
   */
  public PublishedDocument capability() {
    if (merchantContext.profile().twoWay()) {
      throw new Refusal(Problem.NOT_FOUND, "this merchant negotiates payment two-way")
          .remedy("POST to the negotiation_endpoint of the agent card.");
    }
    return capability;
  }

  public Page<CatalogEntry> catalog(
      @Nullable String query, @Nullable String category, @Nullable String cursor, int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new Refusal(Problem.INVALID_FIELD, "limit is out of range")
          .at("limit")
          .expected("1 to " + MAX_PAGE)
          .observed(String.valueOf(limit));
    }
    requireShort("q", query);
    requireShort("category", category);
    requireShort("cursor", cursor);
    var page =
        merchantContext
            .vertical()
            .catalog(blankToNull(query), blankToNull(category), cursor, limit);
    return new Page<>(page.items().stream().map(buyerPolicies::addTo).toList(), page.next());
  }

  public CatalogEntry item(String itemId) {
    return merchantContext
        .vertical()
        .item(itemId)
        .map(buyerPolicies::addTo)
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "this merchant has no such item")
                    .at("item")
                    .observed(itemId));
  }

  /** Describes the merchant in one object, for people and for the console. */
  record Profile(
      String merchantId,
      String agentId,
      Text name,
      Text about,
      MerchantKind kind,
      String paymentNegotiation,
      String agentCard,
      String catalog,
      boolean sandbox) {}

  private static void requireShort(String name, @Nullable String value) {
    if (value != null && value.length() > MAX_QUERY) {
      throw new Refusal(Problem.INVALID_FIELD, name + " is too long")
          .at(name)
          .expected("at most " + MAX_QUERY + " characters");
    }
  }

  private static @Nullable String blankToNull(@Nullable String value) {
    return value == null || value.isBlank() ? null : value;
  }

  private static Profile profileOf(MerchantContext merchantContext) {
    var profile = merchantContext.profile();
    return new Profile(
        profile.id(),
        profile.did().value(),
        profile.name(),
        profile.about(),
        profile.kind(),
        profile.twoWay() ? "two-way" : "one-way",
        merchantContext.identity().at("/.well-known/agent-card.json"),
        merchantContext.identity().at("/catalog"),
        true);
  }

  private static AgentCard cardOf(MerchantContext merchantContext) {
    var profile = merchantContext.profile();
    var base = merchantContext.identity();
    var negotiation =
        profile.twoWay()
            ? new AgentCard.Negotiation("two-way", null, base.at("/act/negotiation"))
            : new AgentCard.Negotiation(
                "one-way", base.at("/.well-known/act-payment-capability.json"), null);
    var endpoint = base.at("/a2a");
    return new AgentCard(
        profile.name().en(),
        profile.about().en(),
        endpoint,
        AGENT_VERSION,
        "0.3.0",
        JSON_RPC,
        List.of(
            new AgentCard.Interface(endpoint, JSON_RPC, "1.0"),
            new AgentCard.Interface(endpoint, JSON_RPC, "0.3")),
        new AgentCard.Capabilities(false, false, negotiation),
        List.of("text/plain", "application/json"),
        List.of("text/plain", "application/json"),
        AgentCardSkills.of(profile.kind()),
        profile.did().value(),
        profile.name(),
        profile.kind());
  }

  private static PaymentCapability capabilityOf(MerchantContext merchantContext) {
    var psp = merchantContext.world().psp();
    return new PaymentCapability(
        "2.1",
        "payee",
        merchantContext.did().value(),
        List.of(
            new PaymentCapability.Method(
                PaymentNeeded.METHOD_ID,
                List.of(
                    new PaymentCapability.Psp(
                        psp.did().value(),
                        psp.paymentsEndpoint().toString(),
                        psp.methodSchema().toString())))));
  }
}
