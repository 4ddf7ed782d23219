package org.actsandbox.merchants.buyer;

import java.util.LinkedHashMap;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.protocol.commerce.CatalogEntry;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.JsonMessage;

/** Keeps whether a seller of services serves known buyers alone; without a policy it serves all. */
public final class BuyerPolicies {

  /** The purpose of a credential by which an agent shows who stands behind it. */
  public static final String PURPOSE = "SERVICE_ACCESS";

  /** The attribute of a catalog entry that names this purpose, where a credential is needed. */
  public static final String ATTRIBUTE = "buyer_credential";

  private final MerchantContext merchantContext;

  public BuyerPolicies(MerchantContext merchantContext) {
    this.merchantContext = merchantContext;
  }

  /**
   * Represents the policy of a seller.
   *
   * @param purpose the purpose that a buyer's association credential must have
   * @param scope what the credential's scope must name, beside the seller's own DID
   */
  public record Policy(boolean credentialRequired, String purpose, String scope) {}

  /** Represents what staff asks for. */
  public record Change(boolean credentialRequired) {}

  public Policy current() {
    return policy(isCredentialRequired());
  }

  /**
   * Changes whom the seller serves from now on.
   *
   * @throws Refusal {@code invalid_field} also for a merchant that sells no services
   */
  public Policy change(byte[] body) {
    boolean wanted = JsonMessage.parse(body).bind(Change.class).credentialRequired();
    if (merchantContext.profile().kind() != MerchantKind.SERVICE) {
      throw new Refusal(Problem.INVALID_FIELD, "this merchant sells no services")
          .at("credential_required")
          .remedy("Choose a seller agent.");
    }
    merchantContext
        .world()
        .inTransaction(
            () -> {
              remove();
              return !wanted || add();
            });
    return policy(wanted);
  }

  /** Returns the entry as buyers see it: with what they need to be served. */
  public CatalogEntry addTo(CatalogEntry entry) {
    if (!isCredentialRequired()) {
      return entry;
    }
    var attributes = new LinkedHashMap<String, String>();
    if (entry.attributes() != null) {
      attributes.putAll(entry.attributes());
    }
    attributes.put(ATTRIBUTE, PURPOSE);
    return new CatalogEntry(
        entry.id(),
        entry.name(),
        entry.category(),
        entry.price(),
        entry.currency(),
        entry.availability(),
        entry.available(),
        entry.priceValidUntil(),
        entry.fulfilment(),
        entry.merchantId(),
        entry.detailRef(),
        entry.description(),
        attributes);
  }

  boolean isCredentialRequired() {
    if (merchantContext.profile().kind() != MerchantKind.SERVICE) {
      return false;
    }
    return merchantContext
            .world()
            .jdbc()
            .sql("select count(*) from merchant_buyer_policy where world = ? and merchant = ?")
            .params(merchantContext.partition(), merchantContext.id())
            .query(Long.class)
            .single()
        > 0;
  }

  private Policy policy(boolean required) {
    return new Policy(required, PURPOSE, "kind:" + MerchantKind.SERVICE.code());
  }

  private void remove() {
    merchantContext
        .world()
        .jdbc()
        .sql("delete from merchant_buyer_policy where world = ? and merchant = ?")
        .params(merchantContext.partition(), merchantContext.id())
        .update();
  }

  private boolean add() {
    return merchantContext
            .world()
            .jdbc()
            .sql("insert into merchant_buyer_policy (world, merchant) values (?, ?)")
            .params(merchantContext.partition(), merchantContext.id())
            .update()
        == 1;
  }
}
