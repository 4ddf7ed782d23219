package org.actsandbox.merchants.endpoint;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.merchants.MerchantIdentity;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.MerchantRoster;
import org.actsandbox.merchants.MerchantWorld;
import org.actsandbox.merchants.VerticalFactory;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.time.DueWork;

/** Holds the open merchants of one world by id. */
public final class Merchants implements AutoCloseable {

  private final Map<String, Merchant> byId;

  private Merchants(Map<String, Merchant> byId) {
    this.byId = byId;
  }

  /**
   * Opens the given merchants, each with a view of the world of its own, because their clocks may
   * differ.
   *
   * @param worlds gives a merchant its view of the world
   */
  public static Merchants open(
      Function<MerchantProfile, MerchantWorld> worlds,
      Function<MerchantProfile, MerchantIdentity> identities,
      Map<MerchantKind, VerticalFactory> verticals,
      List<MerchantProfile> profiles) {
    var byId = new LinkedHashMap<String, Merchant>();
    for (var profile : profiles) {
      var factory = verticals.get(profile.kind());
      if (factory == null) {
        throw new IllegalStateException("nothing opens merchants of kind " + profile.kind());
      }
      var world = worlds.apply(profile);
      var vertical = factory.open(profile, world.forVertical());
      byId.put(
          profile.id(),
          new Merchant(new MerchantContext(world, profile, identities.apply(profile), vertical)));
    }
    return new Merchants(byId);
  }

  /**
   * Returns the merchant with this id.
   *
   * @throws Refusal {@code not_found}
   */
  public Merchant get(String id) {
    var merchant = byId.get(id);
    if (merchant == null) {
      throw notFound(id, byId.keySet());
    }
    return merchant;
  }

  /**
   * Returns the refusal for the address of a merchant that the world does not have.
   *
   * @param presentIds the ids of the merchants that the world has
   */
  public static Refusal notFound(String id, Collection<String> presentIds) {
    var absent =
        new Refusal(
                Problem.NOT_FOUND,
                MerchantRoster.knows(id)
                    ? id + " takes no part in this world"
                    : "this world has no such merchant")
            .at("merchant")
            .expected(String.join(", ", presentIds))
            .observed(id);
    // A relative address leads here if it was resolved against a merchant's address without its
    // last slash.
    return id.equals(".well-known")
        ? absent.remedy(
            "End the merchant's address with a slash, or start from the url of its agent card.")
        : absent;
  }

  public Collection<Merchant> all() {
    return byId.values();
  }

  /**
   * Returns the due work of all merchants for the world's clock: expired holds, retries and purges.
   */
  public List<DueWork> dueWork() {
    return byId.values().stream().flatMap(merchant -> merchant.dueWork().stream()).toList();
  }

  /** Stops the merchants' background work; nothing that is stored is lost. */
  @Override
  public void close() {
    byId.values().forEach(Merchant::close);
  }
}
